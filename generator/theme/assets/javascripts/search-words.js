// Cuts text into words, and compares them with what was typed. generator/search/tokenizer.py cuts the words
// of the index by the same rules and the same table of letters.

const LONGEST = 64
const SHORTEST_BEGINNING = 4
const DIGITS = /^[0-9]+$/
const NUMBER = /^[0-9]+(?:[.,'’٫٬][0-9]+)+$/
const GROUPS = /^[0-9]{1,3}(?:[,'’٬][0-9]{3})+$/
const HEBREW = /^[\u05d0-\u05ea]$/
const WORD = 1
const MARK = 2
const UNSPACED = 4
const JOINER = 8

const kinds = new Uint8Array(0x110000)
const folds = new Map()
const foldedClusters = new Map()
let instead = {}

// Reads the table of letters, once.
export function learn(table) {
  const note = (ranges, kind) => {
    for (let at = 0; at < ranges.length; at += 2) {
      for (let point = ranges[at]; point <= ranges[at + 1]; point += 1) kinds[point] |= kind
    }
  }
  note(table.words, WORD)
  note(table.marks, MARK)
  note(table.unspaced, UNSPACED)
  for (const character of table.joiners) kinds[character.codePointAt(0)] |= JOINER
  for (const [first, last, step, become] of table.fold) {
    const one = [...become].length === 1 ? become.codePointAt(0) : undefined
    for (let point = first; point <= last; point += step) {
      folds.set(String.fromCodePoint(point), one === undefined ? become : String.fromCodePoint(one + point - first))
    }
  }
  instead = table.instead
}

const is = (character, kind) => character !== undefined && (kinds[character.codePointAt(0)] & kind) !== 0
const isWord = (character) => is(character, WORD)
const isUnspaced = (character) => is(character, UNSPACED)
const isSpaced = (character) => isWord(character) && !isUnspaced(character)

// A character with its combining marks, without capitals, accents and width.
function foldedCluster(cluster) {
  if (cluster.length === 1 && cluster < "\x80") return cluster.toLowerCase()
  let folded = foldedClusters.get(cluster)
  if (folded === undefined) {
    const apart = [...cluster].map((character) => instead[character] ?? character.normalize("NFKD")).join("")
    folded = [...apart.normalize("NFD")].map((character) => folds.get(character) ?? character).join("")
    foldedClusters.set(cluster, folded)
  }
  return folded
}

// The characters of a text after folding, with their positions in the text.
function charactersOf(text) {
  const characters = []
  let start = 0
  while (start < text.length) {
    let end = start + (text.codePointAt(start) > 0xffff ? 2 : 1)
    while (end < text.length && kinds[text.codePointAt(end)] & MARK) end += text.codePointAt(end) > 0xffff ? 2 : 1
    for (const character of foldedCluster(text.slice(start, end))) characters.push({ character, start, end })
    start = end
  }
  return characters
}

export const folded = (text) => charactersOf(text).map((one) => one.character).join("")

const isWide = (character) => (character >= "\u2e80" && character <= "\u9fff") || character.codePointAt(0) >= 0x16fe0

// In Chinese and Japanese, a line break doesn't part two letters.
function isNothing(between, before, character) {
  const left = between.replace(/^[\u200b\u200c]+|[\u200b\u200c]+$/g, "")
  return !left || (left === " " && isWide(before) && isWide(character))
}

function joins(before, character, after) {
  if (character === ",") return DIGITS.test(before) && DIGITS.test(after)
  if (character === '"') return HEBREW.test(before) && HEBREW.test(after)
  return is(character, JOINER) || character === "٫" || character === "٬"
}

// Whether a character that is no letter is within a word, because of the letters around it.
const isWithin = (before, character, after) => !isUnspaced(character) && isSpaced(after) && joins(before, character, after)

// The pieces of a word, as lists of its characters, and the word without what parts them.
function pieces(characters) {
  const word = characters.map((one) => one.character).join("")
  if (NUMBER.test(word)) {
    if (GROUPS.test(word)) return { texts: [word.replace(/[^0-9]/g, "")], parts: [characters] }
    const parts = word.split(/[^0-9]/)
    if (parts.length === 2) return { texts: [parts.join(".")], parts: [characters] }
  }
  const parts = [[]]
  for (const one of characters) {
    if (isWord(one.character)) parts.at(-1).push(one)
    else parts.push([])
  }
  const texts = parts.map((part) => part.map((one) => one.character).join(""))
  const whole = texts.join("")
  return { texts, parts, whole: parts.length > 1 && !DIGITS.test(whole) ? whole : "" }
}

// The words of a text in order: {text, start, end, unspaced, joined, whole, count}. `joined` is true for a
// word that continues the one before. `whole` is the word that the next `count` pieces form.
export function cut(text) {
  const characters = charactersOf(text)
  const words = []
  let between = " "
  let at = 0
  while (at < characters.length) {
    const { character, start } = characters[at]
    let end = at + 1
    if (isUnspaced(character)) {
      while (is(characters[end]?.character, MARK)) end += 1
      const before = words.at(-1)
      const joined = Boolean(before?.unspaced && isNothing(between, before.text, character))
      const letter = characters.slice(at, end).map((one) => one.character).join("")
      words.push({ text: letter, start, end: characters[end - 1].end, unspaced: true, joined, whole: "" })
    } else if (isWord(character)) {
      while (
        isSpaced(characters[end]?.character) ||
        (end + 1 < characters.length && isWithin(...characters.slice(end - 1, end + 2).map((one) => one.character)))
      ) end += 1
      const found = pieces(characters.slice(at, end))
      found.parts.forEach((part, number) => words.push({
        text: found.texts[number],
        start: part[0].start,
        end: part.at(-1).end,
        unspaced: false,
        joined: number > 0,
        whole: number ? "" : (found.whole ?? ""),
        count: found.parts.length,
      }))
    } else {
      between += character
      at += 1
      continue
    }
    at = end
    between = ""
  }
  return words
}

// ── What was typed ─────────────────────────────────────────────────────────────────────────────

// Nearly every page has these words. They are looked up only alone or within quotation marks.
const FUNCTION_WORDS = new Set(
  "a an and are as at be by for from has have in is it its of on or that the their they this to was were which who will with".split(" "),
)
// Words with only these characters between them have to be next to each other.
const HOLDING = /^[\p{Pd}\u05be\u0f0b\u0f0c/.·・@&_\s]*$/u
const DOUBLE = "“”„‟«»‹›「」『』《》〈〉｢｣﹁﹂﹃﹄❝❞〝〞〟＂\""
const SINGLE = "'‘’‚‛＇"

// The closing mark for each opening mark. Others can be within the phrase.
const CLOSING = { "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』", "《": "》", "〈": "〉", "“": "”", "｢": "｣" }

// What was typed within quotation marks of any kind, and between them.
function quoted(typed) {
  const characters = [...typed]
  const parts = []
  let plain = ""
  for (let at = 0; at < characters.length; at += 1) {
    const marks = [DOUBLE, SINGLE].find((kind) => kind.includes(characters[at]))
    const close = marks && opens(characters, at) ? closing(characters, at, marks) : -1
    if (close < 0) {
      plain += characters[at]
      continue
    }
    parts.push({ text: plain }, { text: characters.slice(at + 1, close).join(""), exact: true })
    plain = ""
    at = close
  }
  return [...parts, { text: plain }]
}

function closing(characters, at, marks) {
  const next = (among) => characters.findIndex((character, end) => end > at && among.includes(character) && closes(characters, end))
  const pair = CLOSING[characters[at]] ? next(CLOSING[characters[at]]) : -1
  return pair < 0 ? next(marks) : pair
}

// Whether a mark is an apostrophe within a word, or part of a Hebrew abbreviation.
const within = (characters, at) => {
  const [before, character, after] = [characters[at - 1], characters[at], characters[at + 1]]
  if (character === '"') return before !== undefined && after !== undefined && HEBREW.test(before) && HEBREW.test(after)
  return SINGLE.includes(character) && isWord(before) && isWord(after)
}
const opens = (characters, at) => !within(characters, at) && !(SINGLE.includes(characters[at]) && isWord(characters[at - 1]))
const closes = (characters, at) => !within(characters, at)

// The terms of a query, each with words that have to be next to each other: {words, exact, shown}.
export function ask(typed) {
  const terms = []
  for (const { text, exact } of quoted(typed)) {
    if (exact) {
      const words = cut(text)
      if (words.length) terms.push({ words, exact: true, shown: text.trim() })
      continue
    }
    for (const chunk of text.split(/\s+/)) terms.push(...apart(chunk))
  }
  const telling = terms.filter((term) => term.exact || term.words.length > 1 || !FUNCTION_WORDS.has(term.words[0].text))
  return telling.length ? telling : terms
}

function apart(chunk) {
  const terms = []
  let before
  for (const word of cut(chunk)) {
    const between = before ? chunk.slice(before.end, word.start) : ","
    if (!word.joined && !HOLDING.test(between)) terms.push([])
    terms.at(-1).push(word)
    before = word
  }
  return terms.map((words) => ({ words, exact: false, shown: chunk.slice(words[0].start, words.at(-1).end) }))
}

// ── Whether it fits ────────────────────────────────────────────────────────────────────────────

const lengths = new Map()
function length(word) {
  let count = lengths.get(word)
  if (count === undefined) lengths.set(word, (count = [...word].length))
  return count
}

// Whether a word is what was typed, or begins with it: four letters or more, and seven tenths of the word.
export function fits(typed, found, exact) {
  if (typed === found) return true
  if (exact || !found.startsWith(typed)) return false
  // Digits are the beginning of "1990s", but not of another number.
  if (DIGITS.test(typed) && /[0-9.]/.test(found[typed.length])) return false
  return length(typed) >= SHORTEST_BEGINNING && length(typed) * 10 >= length(found) * 7
}

// The places of a term among the words of a text: [{at, ranges: [{start, end}], same}].
export function places(term, words) {
  const found = []
  for (let at = 0; at < words.length; at += 1) {
    const place = placed(term, 0, words, at)
    if (place) found.push({ at, ranges: closed(place), same: place.every((range) => range.same) })
  }
  return found
}

// Joins letters of a script without spaces into one range.
function closed(ranges) {
  return ranges.reduce((joined, range) => {
    if (range.joined && joined.length) joined.at(-1).end = range.end
    else joined.push({ ...range })
    return joined
  }, [])
}

function placed(term, asked, words, at) {
  const typed = term.words[asked]
  if (!typed) return []
  const word = words[at]
  if (!word) return undefined
  const ways = []
  const apart = asked > 0 && typed.joined && typed.unspaced && !word.joined
  if (typed.whole && word.whole) ways.push([typed.whole, typed.count, word.whole, word.count])
  if (typed.unspaced === word.unspaced && !apart) ways.push([typed.text, 1, word.text, 1])
  if (typed.whole && !word.unspaced) ways.push([typed.whole, typed.count, word.text, 1])
  if (word.whole && !typed.unspaced) ways.push([typed.text, 1, word.whole, word.count])
  for (const [sought, used, text, taken] of ways) {
    if (!(typed.unspaced ? sought === text : fits(sought, text, term.exact))) continue
    const rest = placed(term, asked + used, words, at + taken)
    if (rest) return [{ start: word.start, end: words[at + taken - 1].end, same: sought === text, joined: word.unspaced && word.joined }, ...rest]
  }
  return undefined
}

// ── What to look up ────────────────────────────────────────────────────────────────────────────

// A longer word is looked up by its beginning (words.py).
const key = (word) => [...word].slice(0, LONGEST).join("")

const MOST_PAIRS = 4

// The keys of a term: lists of keys, of which a page has to have one list. They can leave words out,
// because the text of a page is compared with the complete term.
export function keys(term) {
  const words = term.words.filter((word) => !word.unspaced)
  const telling = words.filter((word) => !FUNCTION_WORDS.has(word.text))
  const some = (telling.length ? telling : words).toSorted((one, other) => length(other.text) - length(one.text))
  const pairs = paired(term.words)
  const chosen = pairs.length > MOST_PAIRS ? pairs.filter((_, at) => at % Math.ceil(pairs.length / MOST_PAIRS) === 0) : pairs
  if (words.length < 2 || !words.some((word) => word.whole)) {
    return [[...some.slice(0, MOST_PAIRS).map((word) => word.text), ...chosen].map(key)]
  }
  const wholes = words.filter((word) => word.whole).map((word) => word.whole)
  return [[some[0].text, ...chosen].map(key), [...wholes, ...chosen].map(key)]
}

// The keys of a name, if that is what was typed, and the keys of its words (name_keys in words.py).
export function nameKeys(typed, terms) {
  const words = cut(typed)
  const wholes = words.filter((word) => word.unspaced || !word.joined).map((word) => word.whole || word.text)
  const complete = [...new Set([words.map((word) => word.text), wholes].map(nameKey))]
  const spaced = terms.flatMap((term) => term.words).filter((word) => !word.unspaced)
  const single = terms.some((term) => term.words.some((word) => word.unspaced)) ? [] : spaced.map((word) => nameKey([word.text]))
  return words.length ? { complete, words: [...new Set(single)] } : { complete: [], words: [] }
}

const nameKey = (words) => `${[...words.join(" ")].slice(0, LONGEST - 1).join("")} `

// Letters of scripts without spaces in pairs, as in the index; a letter without a neighbour alone.
function paired(words) {
  const found = []
  words.forEach((word, at) => {
    if (!word.unspaced) return
    const next = words[at + 1]
    const goesOn = next?.unspaced && next.joined
    if (goesOn) found.push(word.text + next.text)
    else if (!(word.joined && words[at - 1]?.unspaced)) found.push(word.text)
  })
  return found
}
