// Names and words similar to a query that finds nothing or little.

import { ready, sites } from "./search-engine.js"
import { json } from "./search-index.js"
import { cut } from "./search-words.js"

const MOST_NAMES = 6
// One letter of six.
const CLOSE = 0.34

let naming

// Actors, topics and places with a name like one of the terms: [{name, url, also, term, word, isClose}]. `also`
// is the other name that is like it; `word` is the word of the name that is like a `term`, as it is written.
export async function namesLike(terms) {
  naming ??= Promise.all(sites().map(async (site) => {
    const names = await json(site, "names")
    return names.map(([name, url, also]) => ({ name, url: new URL(url, site).pathname, names: [name, ...also] }))
  }))
  const near = (await naming).flat().flatMap((entry) => {
    const alike = entry.names.flatMap((name) => terms.map((term) => ({ name, term, ...distance(term, name) })))
    const best = alike.reduce((least, other) => (other.far < least.far ? other : least))
    const also = best.name === entry.name ? "" : best.name
    return best.far < 1 ? [{ ...best, name: entry.name, url: entry.url, also, isClose: best.far <= CLOSE }] : []
  })
  near.sort((one, other) => one.far - other.far || one.name.localeCompare(other.name))
  return near.slice(0, MOST_NAMES)
}

// {far, word}: 0 for the same letters, below 1 if a name or one of its words is similar to what was typed.
function distance(term, name) {
  const typed = letters(term.words)
  const words = cut(name)
  const pieces = words.filter((word) => !word.unspaced).flatMap((word) => [
    { spelled: letters([word]), word: name.slice(word.start, word.end) },
    { spelled: [...word.whole], word: "" },
  ])
  const { unspaced } = term.words[0]
  const far = (spelled) => Math.min(unlike(typed, spelled, unspaced), unlikeInLatin(typed, spelled))
  return [{ spelled: letters(words), word: name }, ...pieces]
    .map(({ spelled, word }) => ({ far: far(spelled), word }))
    .reduce((least, other) => (other.far < least.far ? other : least))
}

// The Arabic article, also after "and", "so", "in", "like" and "for". A name is the same without it.
const ARTICLE = /^(?:[وفبك]?ال|لل)(?=..)/u

const letters = (words) => words.flatMap((word) => (word.unspaced ? [word.text] : [...word.text.replace(ARTICLE, "")]))

function unlike(typed, name, unspaced) {
  const length = Math.max(typed.length, name.length)
  if (typed.length >= 3 && typed.length < name.length && typed.every((letter, at) => letter === name[at])) return 0.5
  const most = length < 3 ? Number(length === 2 && unspaced) : length < 6 ? 1 : length < 10 ? 2 : 3
  if (!most || Math.abs(typed.length - name.length) > most) return 1
  const edits = edited(typed, name)
  return edits <= most ? edits / (most + 1) : 1
}

const ARABIC = [..."ابتثجحخدذرزسشصضطظعغفقكلمنهوي"]
const LATIN = "a b t th j h kh d dh r z s sh s d t z - gh f q k l m n h u i".split(" ")
const IN_LATIN = new Map(ARABIC.map((letter, at) => [letter, LATIN[at] === "-" ? "" : LATIN[at]]))

// Compares Arabic with Latin letters. Arabic leaves short vowels out, so names with three consonants or
// more are compared by these.
function unlikeInLatin(typed, name) {
  if (typed.some((letter) => IN_LATIN.has(letter)) === name.some((letter) => IN_LATIN.has(letter))) return 1
  const [one, other] = [typed, name].map((spelled) => spelled.map((letter) => IN_LATIN.get(letter) ?? letter).join(""))
  const [first, second] = [one, other].map((word) => word.replace(/[aeiouwy]|h$/g, "").replace(/(.)\1/g, "$1"))
  return one === other || (first.length > 2 && first === second) ? 0.5 : 1
}

// How many letters to add, remove, replace or swap to turn one into the other (Damerau-Levenshtein).
function edited(one, other) {
  let before
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let a = 1; a <= one.length; a += 1) {
    const next = [a]
    for (let b = 1; b <= other.length; b += 1) {
      const same = one[a - 1] === other[b - 1]
      next[b] = Math.min(row[b] + 1, next[b - 1] + 1, row[b - 1] + (same ? 0 : 1))
      if (a > 1 && b > 1 && one[a - 1] === other[b - 2] && one[a - 2] === other[b - 1]) {
        next[b] = Math.min(next[b], before[b - 2] + 1)
      }
    }
    before = row
    row = next
  }
  return row[other.length]
}

const SHORTEST_WORD = 3
const MOST_RECORDS = 3
const MOST_CANDIDATES = 3
// One letter of a word of three to nine, two of a longer one.
const MOST_UNLIKE = 0.5

// For each term a word that it begins with, or that differs only by the Arabic article, if that word is
// in parts without the term: “dam” for “dams”. For a term that nothing has, also a word with other letters
// at its end: “theodolite” for “theodolyte”. [{term, word}]
export async function wordsLike(terms, editions) {
  const indexes = (await Promise.all(editions.map(ready))).flat()
  const single = terms.filter((term) => term.words.length === 1 && !term.exact && !term.words[0].unspaced)
  const near = await Promise.all(single.map(async (term) => ({ term, word: await wordLike(term.words[0].text, indexes) })))
  return near.filter(({ word }) => word)
}

async function wordLike(typed, indexes) {
  for (const candidate of candidates(typed)) {
    for (const index of indexes) {
      const found = await foundElsewhere(candidate, typed, index)
      if (found) return found
    }
  }
  for (const index of indexes) {
    for (const candidate of await misspelt(typed, index)) {
      const found = await foundElsewhere(candidate, typed, index)
      if (found) return found
    }
  }
  return undefined
}

// The words most like one that the index doesn't have. Only neighbours in the alphabet are compared, which
// begin with the same letters: all others would have to be fetched.
async function misspelt(typed, index) {
  if ((await index.pagesWith(typed)).size) return []
  const letters = [...typed]
  const near = (await index.neighbours(typed)).map((word) => ({ word, far: unlike(letters, [...word]) }))
  const alike = near.filter(({ word, far }) => far <= MOST_UNLIKE && !word.startsWith(typed) && !typed.startsWith(word))
  alike.sort((one, other) => one.far - other.far || other.word.length - one.word.length)
  return alike.slice(0, MOST_CANDIDATES).map(({ word }) => word)
}

function candidates(typed) {
  const characters = [...typed]
  const shortest = Math.max(SHORTEST_WORD, Math.ceil(characters.length * 0.7))
  const beginnings = characters.map((_, at) => characters.slice(0, at).join("")).slice(shortest).reverse()
  const bare = typed.replace(ARTICLE, "")
  if (bare !== typed) return [bare, ...beginnings]
  return /^[\u0620-\u064a]{2}/.test(typed) ? [`ال${typed}`, ...beginnings] : beginnings
}

// A word as it is written in parts without what was typed. The text has to have it as a word, because a
// key can also be the beginning of one.
async function foundElsewhere(word, typed, index) {
  const [withWord, withTyped] = await Promise.all([index.pagesWith(word), index.pagesWith(typed)])
  const pages = [...withWord.keys()].filter((page) => withWord.get(page).parts & ~(withTyped.get(page)?.parts ?? 0))
  const records = await Promise.all(pages.slice(0, MOST_RECORDS).map((page) => index.record(page)))
  const texts = records.flatMap((record) => record.parts.flatMap((part) => [part.title, ...part.texts.map(({ text }) => text)]))
  for (const text of texts) {
    const found = cut(text).find((other) => other.text === word)
    const written = found && text.slice(found.start, found.end)
    if (written) return written.toLowerCase() === word ? word : written
  }
  return undefined
}
