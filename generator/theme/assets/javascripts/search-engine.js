// Finds pages by words. The index says which pages have the words of a query. The text of these pages
// says which of their statements and sources have all of them.

import { json, SearchIndex } from "./search-index.js"
import { ask, cut, keys, learn, places } from "./search-words.js"

const root = new URL("../../", import.meta.url)

let loading
export async function ready() {
  const indexes = await (loading ??= load())
  if (!indexes.some((index) => index.outdated)) return indexes
  loading = undefined
  return ready()
}

async function load() {
  try {
    const [table, ...indexes] = await Promise.all([json(root, "letters"), ...sites().map((site) => SearchIndex.open(site))])
    learn(table)
    return indexes
  } catch (error) {
    loading = undefined
    throw error
  }
}

// This site, and the other parts of a site that is built in parts. Their indexes are searched as one.
export function sites() {
  const named = document.querySelector("[data-search-also]")?.dataset.searchAlso ?? ""
  const others = named.split(" ").filter(Boolean).map((path) => new URL(path.endsWith("/") ? path : `${path}/`, root))
  return [root, ...others]
}

// The terms of a query, and the pages that may have them, best first: {terms, pages, missing, narrowed}.
// `missing` are the terms that no page has. `narrowed` is true if only filters exclude a term's pages.
export async function find(typed, options) {
  const indexes = await ready()
  const terms = ask(typed)
  if (!terms.length && typed.trim()) return { terms, pages: [], missing: [] }
  const answers = await Promise.all(indexes.map((index) => search(index, terms, options.filters)))
  const missing = terms.filter((term) => keys(term).every((all) => all.some((key) => answers.every(({ byKey }) => !byKey.get(key).size))))
  const nonePasses = terms.some((_, at) => answers.every(({ byTerm }) => !byTerm[at].size))
  return {
    terms,
    pages: missing.length ? [] : await ordered(answers.flatMap(({ pages }) => pages), options.sort),
    missing,
    narrowed: Boolean(Object.keys(options.filters).length) && !missing.length && nonePasses,
  }
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

// Pages with all terms in one part first; or by day, without pages that have no day.
async function ordered(pages, sort) {
  if (!sort) return pages.sort((one, other) => other.together - one.together || other.score - one.score)
  const newest = sort.newest !== undefined
  const days = new Map(await Promise.all([...new Set(pages.map(({ index }) => index))].map(async (index) => [index, await index.days()])))
  const day = ({ index, number }) => days.get(index)[number]?.[newest ? 1 : 0]
  const compare = (one, other) => (day(one) < day(other) ? -1 : Number(day(one) > day(other)))
  return pages.filter(day).sort((one, other) => (newest ? compare(other, one) : compare(one, other)))
}

// The filter values of the pages: {filter: [value]}.
export async function choices(pages) {
  const offered = {}
  for (const index of await ready()) {
    const chosen = new Set(pages.filter((page) => page.index === index).map(({ number }) => number))
    for (const [name, lists] of await index.filters()) {
      const values = [...lists].filter(([, having]) => [...having].some((page) => chosen.has(page)))
      offered[name] = [...(offered[name] ?? []), ...values.map(([value]) => value)]
    }
  }
  return offered
}

// The parts of a page that pass the filters and have every term, best first. If none has all terms,
// `apart` are the parts that have them together: {parts, apart, title}.
export async function fitting(page, terms, filters) {
  const record = await page.index.record(page.number)
  const passes = (part) => Object.entries(filters).every(([key, value]) => part.filters[key]?.includes(value))
  const title = { title: record.title, url: record.url }
  const parts = record.parts.filter(passes).map((part) => ({
    ...part,
    page: title,
    url: part.id ? `${record.url}#${part.id}` : record.url,
    ...occurrences(part, terms),
  }))
  const whole = parts.filter((part) => part.terms.every(Boolean))
  if (terms.length) whole.sort((one, other) => one.span - other.span || other.count - one.count)
  const apart = whole.length ? [] : inDifferentParts(parts, terms)
  return { title: { ...title, marks: occurrences({ title: title.title, text: "" }, terms).titleMarks }, parts: whole, apart }
}

// For each term the part that has it most often; nothing if a term is in no part.
function inDifferentParts(parts, terms) {
  const best = terms.map((_, term) => parts.filter((part) => part.terms[term]).sort((one, other) => other.terms[term] - one.terms[term])[0])
  return terms.length > 1 && best.every(Boolean) ? [...new Set(best)] : []
}

// How often each term is in a part, and its places in the title and in the text.
function occurrences(part, terms) {
  const inTitle = terms.length ? cut(part.title) : []
  const inText = terms.length ? cut(part.text) : []
  const titled = terms.map((term) => places(term, inTitle))
  const texts = terms.map((term) => places(term, inText))
  const counts = terms.map((_, at) => 2 * titled[at].length + texts[at].length)
  const same = terms.filter((_, at) => [...titled[at], ...texts[at]].some((place) => place.same)).length
  const listed = texts.map((found) => found.map((place) => place.at)).filter((list) => list.length)
  const apart = listed.length ? span(listed) : 0
  return {
    terms: counts,
    count: counts.reduce((sum, one) => sum + one, 0),
    span: (terms.length - same) * 10_000 + apart,
    titleMarks: merged(titled.flat()),
    places: texts,
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

// Passages of a part's text that show every term: [{text, marks, before, after}].
export function passages(part) {
  const found = part.places.flatMap((places, term) => places.map((place) => ({ term, start: place.ranges[0].start, end: place.ranges.at(-1).end })))
  if (!found.length) return part.text ? [passage(part.text, 0, EXCERPT, [])] : []
  const marks = merged(part.places.flat())
  const taken = []
  let left = new Set(found.map((one) => one.term))
  while (left.size) {
    const views = found.filter((one) => left.has(one.term)).map((one) => {
      const seen = new Set(found.filter((other) => other.start >= one.start && other.end <= one.start + EXCERPT - LEAD).map((other) => other.term))
      seen.add(one.term)
      return { one, seen: [...seen].filter((term) => left.has(term)) }
    })
    const best = views.reduce((most, view) => (view.seen.length > most.seen.length ? view : most))
    taken.push(best.one)
    left = new Set([...left].filter((term) => !best.seen.includes(term)))
  }
  taken.sort((one, other) => one.start - other.start)
  return taken.map((one) => passage(part.text, one.start - LEAD, Math.max(one.end, one.start - LEAD + EXCERPT), marks))
}

// Starts and ends at a space if one is close, so that no word is cut.
function passage(text, from, to, marks) {
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
  if (text.startsWith("· ", start)) start += 2
  const within = marks.filter((mark) => mark.start >= start && mark.end <= end)
  return {
    text: text.slice(start, end),
    marks: within.map((mark) => ({ start: mark.start - start, end: mark.end - start })),
    before: start > 0,
    after: end < text.length,
  }
}
