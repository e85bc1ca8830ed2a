// Finds pages by words. The index says which pages have the words of a query. The text of these pages
// says which of their statements and sources have all of them.

import { json, SearchIndex } from "./search-index.js"
import { ask, cut, keys, learn, nameKeys, places } from "./search-words.js"

const root = new URL("../../", import.meta.url)

// The editions of the site, that of this page first. Only the search page names the others: {value, path, name,
// lang, dir}, `path` leads there from this one, `lang` and `dir` are those of its texts.
export const EDITIONS = [...document.querySelectorAll("[name=edition] [data-path]")].map((option) => ({
  value: option.value,
  path: option.dataset.path,
  name: option.text,
  ...(option.value && { lang: option.dataset.lang, dir: option.dataset.dir }),
}))
if (!EDITIONS.length) EDITIONS.push({ value: "", path: "" })
export const HERE = EDITIONS[0]

let letters
const loading = new Map()
export async function ready(edition = HERE) {
  if (!loading.has(edition.path)) loading.set(edition.path, load(edition))
  const indexes = await loading.get(edition.path)
  if (!indexes.some((index) => index.outdated)) return indexes
  loading.delete(edition.path)
  return ready(edition)
}

async function load(edition) {
  try {
    letters ??= json(root, "letters").then(learn)
    const [, ...indexes] = await Promise.all([letters, ...sites(edition).map((site) => SearchIndex.open(site, edition))])
    return indexes
  } catch (error) {
    letters = undefined
    loading.delete(edition.path)
    throw error
  }
}

// This site, and the other parts of a site that is built in parts. Their indexes are searched as one.
export function sites(edition = HERE) {
  if (edition.path) return [new URL(edition.path, root)]
  const named = document.querySelector("[data-search-also]")?.dataset.searchAlso ?? ""
  const others = named.split(" ").filter(Boolean).map((path) => new URL(path.endsWith("/") ? path : `${path}/`, root))
  return [root, ...others]
}

// The terms of a query, and the pages that may have them, best first: {terms, pages, missing, narrowed}.
// `missing` are the terms that no page has. `narrowed` is true if only filters exclude a term's pages.
// Pages of the first of the `editions` come first.
export async function find(typed, { filters, order, editions = [HERE] }) {
  const indexes = await Promise.all(editions.map(ready))
  const terms = ask(typed)
  if (!terms.length && typed.trim()) return { terms, pages: [], missing: [] }
  const [answers, ...names] = await Promise.all([
    Promise.all(indexes.flat().map((index) => search(index, terms, filters))),
    ...indexes.map((ofEdition) => namedPages(ofEdition, typed, terms)),
  ])
  const named = new Map(names.flatMap((ofEdition) => [...ofEdition]))
  const missing = terms.filter((term) => keys(term).every((all) => all.some((key) => answers.every(({ byKey }) => !byKey.get(key).size))))
  const nonePasses = terms.some((_, at) => answers.every(({ byTerm }) => !byTerm[at].size))
  return {
    terms,
    pages: missing.length ? [] : await ordered(answers.flatMap(({ pages }) => pages), order, named, editions),
    missing,
    narrowed: Boolean(Object.keys(filters).length) && !missing.length && nonePasses,
  }
}

// Whether an edition has each term of a query on some page.
export async function hasTerms(typed, edition) {
  const indexes = await ready(edition)
  const sought = ask(typed).map(keys)
  const wanted = [...new Set(sought.flat(2))]
  const answers = await Promise.all(wanted.map((key) => Promise.all(indexes.map((index) => index.has(key)))))
  const having = new Set(wanted.filter((_, at) => answers[at].some(Boolean)))
  return sought.every((ways) => ways.some((all) => all.every((key) => having.has(key))))
}

// The answer of one index: the pages with each key, the pages with each term that pass the filters, and
// the pages with all terms: [{index, number, score, together}].
async function search(index, terms, filters) {
  const wanted = [...new Set(terms.flatMap((term) => keys(term).flat()))]
  const [passing, ...found] = await Promise.all([index.passing(filters), ...wanted.map((key) => index.pagesWith(key))])
  const byKey = new Map(wanted.map((key, at) => [key, found[at]]))
  const byTerm = terms.map((term) => anyOf(keys(term).map((all) => allOf(all.map((key) => byKey.get(key)), passing))))
  if (!terms.length) {
    const numbers = passing ? [...passing] : await index.all()
    return { byKey, byTerm, pages: numbers.map((number) => ({ index, number, score: 0, together: false })) }
  }
  const pages = [...allOf(byTerm)].map(([number, { score, parts }]) => ({ index, number, score, together: parts !== 0 }))
  return { byKey, byTerm, pages }
}

// The pages that are in all maps of page to {score, parts}, with the parts that are in all of them.
function allOf(maps, passing) {
  const [fewest, ...more] = maps.toSorted((one, other) => one.size - other.size)
  const pages = new Map()
  for (const [page, { score, parts }] of fewest) {
    if (passing && !passing.has(page)) continue
    const others = more.map((map) => map.get(page))
    if (!others.every(Boolean)) continue
    pages.set(page, {
      score: others.reduce((sum, other) => sum + other.score, score),
      parts: others.reduce((left, other) => left & other.parts, parts),
    })
  }
  return pages
}

function anyOf(maps) {
  return new Map(maps.toReversed().flatMap((map) => [...map]))
}

// With more actors, topics and places than this, a word of their names doesn't identify them.
const MOST_NAMED = 3

// The actors, topics and places with the name that was typed; if there are none, the few with all its words
// in their names: a map of index to a set of pages.
async function namedPages(indexes, typed, terms) {
  const { complete, words } = nameKeys(typed, terms)
  const pages = async (key, kind) => Promise.all(indexes.map(async (index) => [index, (await index.named(key))[kind]]))
  const all = (await Promise.all(complete.map((key) => pages(key, "complete")))).flat()
  const named = new Map(indexes.map((index) => [index, union(all.filter(([other]) => other === index).map(([, set]) => set))]))
  if (!words.length || [...named.values()].some((set) => set.size)) return named
  const byWord = await Promise.all(words.map((key) => pages(key, "words")))
  const having = new Map(indexes.map((index, at) => [index, intersection(byWord.map((sets) => sets[at][1]))]))
  return [...having.values()].reduce((sum, set) => sum + set.size, 0) <= MOST_NAMED ? having : named
}

const union = (sets) => new Set(sets.flatMap((set) => [...set]))
const intersection = (sets) => sets.reduce((left, next) => new Set([...left].filter((page) => next.has(page))))

// Pages with the name that was typed first, then those with all terms in one part; or by day, `order` is 1
// for the oldest first and -1 for the newest. Pages without a day come last.
async function ordered(pages, order, named, editions) {
  const isNamed = ({ index, number }) => Number(named.get(index).has(number))
  const rank = ({ index }) => editions.indexOf(index.edition)
  if (!order) {
    return pages.sort(
      (one, other) =>
        rank(one) - rank(other) || isNamed(other) - isNamed(one) || other.together - one.together || other.score - one.score,
    )
  }
  const days = new Map(await Promise.all([...new Set(pages.map(({ index }) => index))].map(async (index) => [index, await index.days()])))
  const day = ({ index, number }) => days.get(index)[number]?.[order < 0 ? 1 : 0]
  return pages.sort((one, other) => byDay(day(one), day(other), order))
}

function byDay(one, other, order) {
  if (!one || !other) return Number(!one) - Number(!other)
  return order * (one < other ? -1 : Number(one > other))
}

// The parts of a page: statements and events before sources, by day if results are ordered by it. Without
// words to look for, all statements come first.
export function inOrder(parts, order) {
  const compare = (one, other) => isSource(one) - isSource(other) || (order ? byDay(one.date, other.date, order) : 0)
  const statements = (part) => Number(part.kind !== "statement" && !part.terms.length)
  return parts.toSorted((one, other) => statements(one) - statements(other) || compare(one, other))
}

const isSource = (part) => Number(part.kind === "source")

// The filter values of the pages, and those that are chosen: {filter: map of value to {name, lang, dir}}, `lang`
// and `dir` as in EDITIONS. Names are those of this edition if it has the value.
export async function choices(pages, { filters, editions }) {
  const offered = {}
  const names = {}
  for (const index of (await Promise.all([...new Set([HERE, ...editions])].map(ready))).flat()) {
    const { lang, dir } = index.edition
    const numbers = new Set(pages.filter((page) => page.index === index).map(({ number }) => number))
    for (const [filter, values] of await index.filters()) {
      names[filter] ??= new Map()
      offered[filter] ??= new Map()
      for (const [value, { name, pages: having }] of values) {
        if (!names[filter].has(value)) names[filter].set(value, { name, lang, dir })
        const isOffered = value === filters[filter] || [...having].some((page) => numbers.has(page))
        if (isOffered) offered[filter].set(value, names[filter].get(value))
      }
    }
  }
  return offered
}

// A record without the parts that an earlier result has in another language. `seen` holds the parts of these.
export function unseen({ page, parts, apart }, seen) {
  const { path, edition } = page
  const isNew = (part) => [undefined, edition].includes(seen.get(`${path}#${part.id}`))
  const record = { page, parts: parts.filter(isNew), apart: apart.every(isNew) ? apart : [] }
  for (const part of [...record.parts, ...record.apart]) seen.set(`${path}#${part.id}`, edition)
  return record
}

// The parts of a page that pass the filters and have every term, best first, statements before sources. If
// none has all terms, `apart` are the parts that have them together: {page, parts, apart}.
export async function fitting(result, terms, filters) {
  const record = await result.index.record(result.number)
  const passes = (part) => Object.entries(filters).every(([key, value]) => part.filters[key]?.includes(value))
  const { path, url } = record
  const { edition } = result.index
  const located = record.parts.map((part) => ({ ...part, path, edition, url: part.id ? `${url}#${part.id}` : url }))
  const [page, ...others] = located.map((part) => ({ ...part, page: located[0], ...occurrences(part, terms) }))
  const parts = [page, ...others].filter(passes)
  const whole = parts.filter((part) => part.terms.every(Boolean))
  if (terms.length) whole.sort((one, other) => isSource(one) - isSource(other) || one.span - other.span || other.count - one.count)
  const apart = whole.length ? [] : inDifferentParts(parts, terms)
  return { page, parts: whole, apart }
}

// For each term the part that has it most often; nothing if a term is in no part.
function inDifferentParts(parts, terms) {
  const rank = (one, other, term) => isSource(one) - isSource(other) || other.terms[term] - one.terms[term]
  const best = terms.map((_, term) => parts.filter((part) => part.terms[term]).sort((one, other) => rank(one, other, term))[0])
  return terms.length > 1 && best.every(Boolean) ? [...new Set(best)] : []
}

// No passage spans two texts, however few words they have.
const BETWEEN_TEXTS = 100

// How often each term is in a part, and its places in the title and in each text.
function occurrences(part, terms) {
  let before = 0
  const inText = (text) => {
    const words = terms.length ? cut(text.text) : []
    const found = terms.map((term) => places(term, words).map((place) => ({ ...place, at: before + place.at })))
    before += words.length + BETWEEN_TEXTS
    return { ...text, places: found, marks: merged(found.flat()) }
  }
  const title = inText({ text: part.title })
  const texts = part.texts.map(inText)
  const ofTerm = terms.map((_, at) => texts.flatMap((text) => text.places[at]))
  const counts = terms.map((_, at) => 2 * title.places[at].length + ofTerm[at].length)
  const same = terms.filter((_, at) => [...title.places[at], ...ofTerm[at]].some((place) => place.same)).length
  const listed = ofTerm.map((found) => found.map((place) => place.at)).filter((list) => list.length)
  return {
    terms: counts,
    count: counts.reduce((sum, one) => sum + one, 0),
    span: (terms.length - same) * 10_000 + (listed.length ? span(listed) : 0),
    titlePlaces: title.places,
    titleMarks: title.marks,
    texts,
  }
}

// The length, in words, of the shortest passage with all terms.
export function span(lists) {
  const all = lists.flatMap((places, term) => places.map((place) => ({ place, term }))).sort((one, other) => one.place - other.place)
  const last = new Array(lists.length).fill(-Infinity)
  let least = Infinity
  for (const { place, term } of all) {
    last[term] = place
    least = Math.min(least, place - Math.min(...last))
  }
  return least
}

function merged(found) {
  const ranges = found.flatMap((place) => place.ranges).sort((one, other) => one.start - other.start || other.end - one.end)
  const marks = []
  for (const { start, end } of ranges) {
    const before = marks.at(-1)
    if (before && start <= before.end) before.end = Math.max(before.end, end)
    else marks.push({ start, end })
  }
  return marks
}

const EXCERPT = 200
const LEAD = 60

// The marks within a part of a text.
export const within = (marks, start, end) => marks.filter((mark) => mark.start >= start && mark.end <= end)

// Whether a term is in the title, in the claim or in who said it, which are shown anyway.
function isShown(part, term) {
  if (part.titlePlaces[term].length) return true
  return part.texts.some((text) => {
    if (text.role === "claim" || text.role === "speaker") return text.places[term].length
    return text.places[term].some((place) => place.ranges.at(-1).end <= (text.claim ?? 0))
  })
}

// Passages of a part's texts that show every term: [{source, text, marks, before, after}], `source` is the
// text with its language. For a page without a claim, the beginning of its text if nothing else is shown.
export function passages(part) {
  const texts = part.texts.filter((text) => text.role !== "claim" && text.role !== "speaker")
  const left = new Set([...part.terms.keys()].filter((term) => part.terms[term] && !isShown(part, term)))
  if (!left.size) return part.kind === "page" ? texts.slice(0, 1).map((text) => passage(text, 0, EXCERPT, [])) : []
  const found = texts.flatMap((source) =>
    source.places.flatMap((places, term) => places.map((place) => ({ source, term, start: place.ranges[0].start, end: place.ranges.at(-1).end }))),
  )
  const taken = []
  while (left.size) {
    const views = found.filter((one) => left.has(one.term)).map((one) => {
      const close = found.filter((other) => other.source === one.source && other.start >= one.start && other.end <= one.start + EXCERPT - LEAD)
      return { one, seen: intersection([left, new Set([one, ...close].map((other) => other.term))]) }
    })
    const best = views.reduce((most, view) => (view.seen.size > most.seen.size ? view : most))
    taken.push(best.one)
    best.seen.forEach((term) => left.delete(term))
  }
  taken.sort((one, other) => texts.indexOf(one.source) - texts.indexOf(other.source) || one.start - other.start)
  return taken.map((one) => passage(one.source, one.start - LEAD, Math.max(one.end, one.start - LEAD + EXCERPT), one.source.marks))
}

// Starts and ends at a space if one is close, so that no word is cut.
function passage(source, from, to, marks) {
  const { text } = source
  let start = Math.max(0, from)
  let end = Math.min(text.length, to)
  const space = start ? text.slice(start, start + LEAD / 2).search(/\s/) : -1
  if (space >= 0 && !marks.some((mark) => mark.start < start + space && mark.end > start)) start += space + 1
  const last = end < text.length ? text.slice(0, end).search(/\s\S*$/) : -1
  if (last > end - LEAD / 2 && !marks.some((mark) => mark.end > last && mark.start < end)) end = last
  for (const mark of marks) {
    if (mark.start < start && mark.end > start) start = mark.start
    if (mark.start < end && mark.end > end) end = mark.end
  }
  if (start && /[\udc00-\udfff]/.test(text[start])) start -= 1
  if (/[\udc00-\udfff]/.test(text[end] ?? "")) end += 1
  return {
    source,
    text: text.slice(start, end),
    marks: within(marks, start, end).map((mark) => ({ start: mark.start - start, end: mark.end - start })),
    before: start > 0,
    after: end < text.length,
  }
}
