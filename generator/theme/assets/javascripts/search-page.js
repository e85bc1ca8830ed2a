// The search page: words, filters, order, and results that are as they were after the way back.

import { choices, find, fitting } from "./search-engine.js"
import { namesLike, wordsLike } from "./search-near.js"
import { element, group, nameLink, nothing } from "./search-results.js"
import { counted, filled, LANGUAGE, TEXTS } from "./search-texts.js"

const AT_ONCE = 20
// Few at first, so that a first result shows soon.
const FIRST = 3
// With so few results, near words and names are proposed too.
const LITTLE = 5

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
    return { filters: chosen, order: order() }
  }

  const remember = () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value))
    history.replaceState({ search: kept }, "", query.size ? `?${query}` : location.pathname)
  }

  const keep = (changed) => {
    kept = { ...kept, ...changed }
    history.replaceState({ search: kept }, "")
  }

  const offer = (offered) => {
    for (const select of filters) {
      const chosen = select.value
      const values = [...new Set([...(offered[select.name] ?? []), ...(chosen ? [chosen] : [])])]
      values.sort((one, other) => (select.name === "year" ? other.localeCompare(one) : one.localeCompare(other)))
      const options = values.map((value) => element("option", { value }, value))
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
  const show = async (request, found, filters, scattering) => {
    let added = 0
    while ((added < AT_ONCE || shown < (kept.shown ?? 0)) && shown < found.pages.length) {
      const some = shown ? AT_ONCE : FIRST
      const records = await Promise.all(found.pages.slice(shown, shown + some).map((one) => fitting(one, found.terms, filters)))
      if (request !== asked) return
      shown += records.length
      for (const record of records) {
        if (record.apart.length) scattering.push(record)
        if (!record.parts.length) continue
        add(record)
        added += 1
      }
    }
    const all = shown >= found.pages.length
    if (all) scattering.splice(0).forEach(add)
    more.hidden = all
    const words = { results: counted(TEXTS.results, count), pages: counted(TEXTS.pages, pages) }
    status.replaceChildren(...(count ? [filled(all ? TEXTS.found : TEXTS.foundSoFar, words)] : nothing(found)))
    if (all && count <= LITTLE && found.terms.length) await suggest(request, found)
  }

  const nearby = (title, entries) => {
    const items = entries.map((pieces) => element("li", {}, ...pieces))
    return items.length ? [element("p", {}, title), element("ul", {}, ...items)] : []
  }

  const suggest = async (request, { terms, missing }) => {
    const sought = missing.length ? missing : terms
    const [words, names] = await Promise.all([wordsLike(sought), namesLike(sought)])
    if (request !== asked) return
    const typed = form.elements.q.value
    const shownAlready = new Set([...results.querySelectorAll("h2 a")].map((link) => link.pathname))
    const left = names.filter((name) => !count || (name.isClose && !shownAlready.has(name.url)))
    const corrected = terms.length > 1 ? left.filter((name) => name.word) : []
    const replaced = [...words, ...corrected.map(({ term, word }) => ({ term, word }))].map(({ term, word }) => typed.replace(term.shown, word))
    const searches = [...new Set(replaced)].map((query) => [element("a", { href: `?q=${encodeURIComponent(query)}` }, element("bdi", {}, query))])
    near.replaceChildren(...nearby(TEXTS.didYouMean, searches), ...nearby(TEXTS.namesLike, left.map(nameLink)))
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
      next = () => show(asked, found, options.filters, scattering)
      await next()
      const offered = await choices(found.pages)
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
  form.elements.sort.value = given.get("sort") ?? ""
  for (const select of filters) {
    const value = given.get(select.name)
    if (value) select.append(element("option", { value, selected: true }, value))
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

const cameBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward"
