// The search page: words, filters, order, and results that are as they were after the way back.

import { choices, EDITIONS, find, fitting, hasTerms, unseen } from "./search-engine.js"
import { namesLike, wordsLike } from "./search-near.js"
import { element, group, nameLink, nothing, spoken } from "./search-results.js"
import { counted, fill, filled, LANGUAGE, TEXTS } from "./search-texts.js"

const AT_ONCE = 20
// Few at first, so that a first result shows soon.
const FIRST = 3
// With so few results, near words and names are proposed too.
const LITTLE = 5
// The value of the filter for all editions.
const ALL = "*"

// The address of a search.
function address(values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value))
  return query.size ? `?${query}` : location.pathname
}

export async function page(place) {
  place.querySelector("[data-without]").remove()
  const form = place.querySelector("form")
  const results = place.querySelector("[data-results]")
  const status = place.querySelector("[data-status]")
  const more = place.querySelector("[data-more]")
  const filters = [...form.querySelectorAll("[data-filter]")]
  const near = element("div", { className: "search__near" })
  near.setAttribute("role", "status")
  for (const place of [results, status, near]) place.lang = LANGUAGE
  status.after(near)
  // What is open and how much is shown, which the browser keeps with this place of its history.
  let kept = history.state?.search ?? {}
  let shown = 0
  let count = 0
  let pages = 0
  let next
  let asked = 0

  const order = () => ({ newest: -1, oldest: 1 })[form.elements.sort.value]

  const asking = () => {
    const chosen = Object.fromEntries(filters.filter((one) => one.value).map((one) => [one.name, one.value]))
    const edition = form.elements.edition?.value ?? ""
    const editions = EDITIONS.filter(({ value }) => edition === ALL || value === edition)
    return { filters: chosen, order: order(), editions }
  }

  const values = () => Object.fromEntries(new FormData(form))
  const remember = () => history.replaceState({ search: kept }, "", address(values()))

  const keep = (changed) => {
    kept = { ...kept, ...changed }
    history.replaceState({ search: kept }, "")
  }

  const offer = (offered) => {
    for (const select of filters) {
      const chosen = select.value
      const names = offered[select.name] ?? new Map()
      if (chosen && !names.has(chosen)) names.set(chosen, { name: chosen })
      const sorted = [...names].sort(([, one], [, other]) => (select.name === "year" ? -1 : 1) * one.name.localeCompare(other.name))
      const options = sorted.map(([value, { name, ...language }]) => spoken("option", language, { value }, name))
      select.replaceChildren(element("option", { value: "" }, TEXTS.any), ...options)
      select.value = chosen
    }
  }

  const add = (record) => {
    results.append(group(record, order(), kept.open?.includes(record.page.url)))
    count += record.parts.length || 1
    pages += 1
  }

  // The record of a page says which of its parts have all words and pass the filters. So the count is
  // complete only with all records, and pages with the words in different places come last.
  const show = async (request, found, options, scattering, seen) => {
    const { filters } = options
    let added = 0
    while ((added < AT_ONCE || shown < (kept.shown ?? 0)) && shown < found.pages.length) {
      const some = shown ? AT_ONCE : FIRST
      const records = await Promise.all(found.pages.slice(shown, shown + some).map((one) => fitting(one, found.terms, filters)))
      if (request !== asked) return
      shown += records.length
      for (const record of records.map((each) => unseen(each, seen))) {
        if (record.apart.length) scattering.push(record)
        if (!record.parts.length) continue
        add(record)
        added += 1
      }
    }
    const all = shown >= found.pages.length
    if (all) scattering.splice(0).forEach(add)
    more.hidden = all
    status.replaceChildren(...(count ? [amount(count, pages, all)] : nothing(found)))
    if (all && count <= LITTLE && found.terms.length) await suggest(request, found, options)
  }

  const nearby = (title, entries) => {
    const items = entries.map((pieces) => element("li", {}, ...pieces))
    return items.length ? [element("p", {}, title), element("ul", {}, ...items)] : []
  }

  // Where nothing is found, what the editions that were not asked have: {edition, results}.
  const elsewhere = async ({ filters, editions }) => {
    const others = count ? [] : EDITIONS.filter((edition) => !editions.includes(edition))
    const found = await Promise.all(others.map((edition) => foundIn(edition, form.elements.q.value, filters).catch(() => "")))
    return others.map((edition, at) => ({ edition, results: found[at] })).filter(({ results }) => results)
  }

  const leadThere = ({ edition, results }) => {
    const { lang, dir, text } = [...form.elements.edition.options].find(({ value }) => value === edition.value)
    const language = element("bdi", { lang, dir }, text)
    return [element("a", { href: address({ ...values(), edition: edition.value }) }, ...fill(TEXTS.resultsIn, { language, results }))]
  }

  const suggest = async (request, { terms, missing }, options) => {
    const sought = missing.length ? missing : terms
    const [words, names, others] = await Promise.all([wordsLike(sought, options.editions), namesLike(sought), elsewhere(options)])
    if (request !== asked) return
    const { q: typed, edition } = values()
    const shownAlready = new Set([...results.querySelectorAll("h2 a")].map((link) => link.pathname))
    const left = names.filter((name) => !count || (name.isClose && !shownAlready.has(name.url)))
    const corrected = terms.length > 1 ? left.filter((name) => name.word) : []
    const replaced = [...words, ...corrected.map(({ term, word }) => ({ term, word }))].map(({ term, word }) => typed.replace(term.shown, word))
    const searches = [...new Set(replaced)].map((query) => [element("a", { href: address({ q: query, edition }) }, element("bdi", {}, query))])
    near.replaceChildren(...nearby(TEXTS.otherLanguages, others.map(leadThere)), ...nearby(TEXTS.didYouMean, searches), ...nearby(TEXTS.namesLike, left.map(nameLink)))
  }

  const search = async () => {
    const request = ++asked
    const options = asking()
    remember()
    try {
      const found = await find(form.elements.q.value, options)
      if (request !== asked) return
      shown = count = pages = 0
      results.replaceChildren()
      near.replaceChildren()
      const scattering = []
      const seen = new Map()
      next = () => show(asked, found, options, scattering, seen)
      await next()
      const offered = await choices(found.pages, options)
      if (request === asked) offer(offered)
    } catch {
      status.textContent = TEXTS.notReady
    }
  }

  // Another search: nothing of the last one is kept.
  const another = () => {
    kept = {}
    return search()
  }

  const typed = () => {
    const request = ++asked
    setTimeout(() => request === asked && another(), 200)
  }

  const given = new URLSearchParams(location.search)
  form.elements.q.value = given.get("q") ?? ""
  for (const name of ["sort", "edition"]) {
    const select = form.elements[name]
    if ([...(select?.options ?? [])].some(({ value }) => value === given.get(name))) select.value = given.get(name)
  }
  for (const select of filters) {
    const value = given.get(select.name)
    if (value) select.append(element("option", { value, selected: true }, "…"))
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    another()
  })
  form.addEventListener("change", (event) => event.target === form.elements.q || another())
  form.elements.q.addEventListener("input", typed)
  more.addEventListener("click", async () => {
    const before = results.children.length
    kept = { ...kept, shown: 0 }
    await next()
    keep({ shown })
    results.children[before]?.querySelector("a").focus()
  })
  results.addEventListener("toggle", ({ target }) => {
    const others = (kept.open ?? []).filter((page) => page !== target.dataset.page)
    keep({ open: target.open ? [...others, target.dataset.page] : others })
  }, true)
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a")
    if (link) keep({ focus: link.getAttribute("href") })
  })
  const { focus } = kept
  await search()
  if (focus && cameBack()) [...results.querySelectorAll("a")].find((link) => link.getAttribute("href") === focus)?.focus()
}

const amount = (results, pages, isAll) =>
  filled(isAll ? TEXTS.found : TEXTS.foundSoFar, { results: counted(TEXTS.results, results), pages: counted(TEXTS.pages, pages) })

// How much an edition has, in words; empty if nothing. Only the first pages are counted.
async function foundIn(edition, typed, filters) {
  if (!(await hasTerms(typed, edition))) return ""
  const { pages, terms } = await find(typed, { filters, editions: [edition] })
  const records = await Promise.all(pages.slice(0, FIRST).map((one) => fitting(one, terms, filters)))
  const counts = records.map(({ parts, apart }) => parts.length || Number(apart.length > 0)).filter(Boolean)
  return counts.length ? amount(counts.reduce((sum, one) => sum + one), counts.length, pages.length <= FIRST) : ""
}

const cameBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward"
