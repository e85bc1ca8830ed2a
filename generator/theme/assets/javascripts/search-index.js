// Reads the search index that generator/search/index.py writes. Fetches only the files that a query needs.

const FOLDER = "search-index/"
// BM25: how soon more places of a word stop counting, and how much the length of a page counts.
const SATURATION = 1.4
const LENGTH = 0.75
// A word in a title counts as often as in so many texts.
const TITLE = 6

export async function json(site, name) {
  // These files keep their names when their content changes, so the browser asks whether it has.
  const answer = await fetch(new URL(`${FOLDER}${name}.json`, site), { cache: "no-cache" })
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`)
  return answer.json()
}

export class SearchIndex {
  // True once a file is missing: another index has taken this one's place, or the network failed.
  outdated = false
  #entry
  #files = new Map()
  #postings = new Map()

  static async open(site, edition) {
    const index = new SearchIndex()
    Object.assign(index, { site, edition })
    index.#entry = await json(site, "entry")
    if (!edition.value) index.#pages().catch(() => {}) // every query needs it
    return index
  }

  #file(folder, name) {
    const path = `${FOLDER}${folder}/${name}.idx`
    if (!this.#files.has(path)) {
      const content = unpacked(new URL(path, this.site))
      content.catch(() => (this.outdated = true))
      this.#files.set(path, content)
    }
    return this.#files.get(path)
  }

  async #pages() {
    const pages = await this.#file("lists", this.#entry.pages)
    pages.average ??= pages.lengths.reduce((sum, length) => sum + length, 0) / pages.lengths.length
    return pages
  }

  // The numbers of all pages.
  async all() {
    return (await this.#pages()).records.map((_, number) => number)
  }

  // The pages of actors, topics and places with a name, and those with a word in a longer name: sets of pages.
  async named(key) {
    const pages = [...(await this.pagesWith(key))]
    return {
      complete: new Set(pages.filter(([, { titles }]) => titles).map(([page]) => page)),
      words: new Set(pages.map(([page]) => page)),
    }
  }

  // The pages with a key: a map of page to {score, parts, titles}. `parts` has a bit for each part with it,
  // `titles` for each part with it in its title.
  pagesWith(key) {
    if (!this.#postings.has(key)) this.#postings.set(key, this.#read(key))
    return this.#postings.get(key)
  }

  // The lists of a key and of its neighbours in the alphabet, in the file that a query for it fetches.
  async #listsAround(key) {
    const named = this.#entry.words.findLast(([first]) => first <= key) ?? this.#entry.words[0]
    return named ? this.#file("words", named[1]) : {}
  }

  // The words next to a word in the alphabet, among them beginnings of words.
  async neighbours(word) {
    return Object.keys(await this.#listsAround(word)).filter((key) => !key.endsWith(" "))
  }

  // Whether a page has a key. Fetches less than `pagesWith`.
  async has(key) {
    return Object.hasOwn(await this.#listsAround(key), key)
  }

  async #read(key) {
    const pages = new Map()
    const [lists, { records, lengths, average }] = await Promise.all([this.#listsAround(key), this.#pages()])
    if (!Object.hasOwn(lists, key)) return pages
    const [distances, texts, titles] = lists[key]
    const rarity = Math.log(1 + (records.length - distances.length + 0.5) / (distances.length + 0.5))
    let page = 0
    distances.forEach((distance, at) => {
      page += distance
      const inTitles = titles[at] ?? 0
      const places = bits(texts[at]) + TITLE * bits(inTitles)
      const most = SATURATION * (1 - LENGTH + (LENGTH * lengths[page]) / average)
      pages.set(page, { score: (rarity * (SATURATION + 1) * places) / (most + places), parts: texts[at] | inTitles, titles: inTitles })
    })
    return pages
  }

  // The set of pages that pass all filters {name: value}; undefined without filters.
  async passing(filters) {
    const chosen = Object.entries(filters)
    if (!chosen.length) return undefined
    const sets = await Promise.all(chosen.map(async ([name, value]) => (await this.filter(name)).get(value)?.pages ?? new Set()))
    return sets.reduce((left, next) => new Set([...left].filter((page) => next.has(page))))
  }

  // All filters: [name, the values].
  filters() {
    return Promise.all(Object.keys(this.#entry.filters).map(async (name) => [name, await this.filter(name)]))
  }

  // The values of a filter: a map of value to {name, pages}, `pages` is a set.
  async filter(name) {
    if (!Object.hasOwn(this.#entry.filters, name)) return new Map()
    const lists = await this.#file("lists", this.#entry.filters[name])
    return new Map(Object.entries(lists).map(([value, [name, distances]]) => {
      let page = 0
      return [value, { name, pages: new Set(distances.map((distance) => (page += distance))) }]
    }))
  }

  // The first and the last day of each page, or null.
  days() {
    return this.#file("lists", this.#entry.days)
  }

  async record(page) {
    const { records } = await this.#pages()
    const record = await this.#file("records", records[page])
    return { ...record, path: record.url, url: this.site.pathname + record.url }
  }
}

async function unpacked(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`)
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json()
}

function bits(number) {
  let count = 0
  for (let left = number; left; left &= left - 1) count += 1
  return count
}
