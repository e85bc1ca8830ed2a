// Search: the form in the header, which suggests, and the search page, which filters and sorts.

import { choices, find, fitting, passages, ready } from "./search-engine.js"
import { namesLike, wordsLike } from "./search-near.js"

const SUGGESTED = 6
const AT_ONCE = 20
// Few at first, so that a first result shows soon.
const FIRST = 3
const PARTS = 5
// With so few results, near words are proposed too.
const LITTLE = 5
const NOT_READY = "Search isn't ready yet. In the preview it takes a few seconds after each change."

function element(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties)
  created.append(...children)
  return created
}

// Text nodes, so that nothing in a text can be markup, and marks around what was found.
function marked(text, marks) {
  const pieces = []
  let at = 0
  for (const { start, end } of marks) {
    pieces.push(text.slice(at, start), element("mark", {}, text.slice(start, end)))
    at = end
  }
  return [...pieces, text.slice(at)]
}

function excerpt(parts) {
  const shown = parts.flatMap((part) => passages(part))
  return shown.flatMap((one, at) => [
    one.before || at ? "… " : "",
    ...marked(one.text, one.marks),
    at === shown.length - 1 && one.after ? " …" : " ",
  ])
}

function entry({ title, url, marks, about, excerpts = [] }) {
  const heading = element("a", { href: url }, ...marked(title, marks))
  const item = element("li", { className: "search__result" }, element("p", { className: "search__title" }, heading))
  if (about) item.append(element("p", { className: "search__about" }, about))
  if (excerpts.length) item.append(element("p", { className: "search__excerpt" }, ...excerpt(excerpts)))
  return item
}

const entryOf = (part, about = part.about) =>
  entry({ title: part.title, url: part.url, marks: part.titleMarks, about, excerpts: part.terms.length ? [part] : [] })

// A page, with its parts below it.
function group({ title, parts }) {
  const pagePart = parts.find((part) => !part.id)
  const others = parts.filter((part) => part.id)
  const item = entry({ ...title, about: pagePart?.about, excerpts: pagePart?.terms.length ? [pagePart] : [] })
  const list = (some) => element("ol", { className: "search__parts" }, ...some.map((part) => entryOf(part)))
  if (others.length) item.append(list(others.slice(0, PARTS)))
  if (others.length > PARTS) {
    const rest = element("details", {}, element("summary", {}, `${others.length - PARTS} more on this page`), list(others.slice(PARTS)))
    item.append(rest)
  }
  return item
}

// A page on which the words are in different statements, sources or events.
const scattered = ({ title, apart }) =>
  entry({ ...title, about: "The words are in different places on this page.", excerpts: apart })

const inQuotes = (terms) => [...new Set(terms.map((term) => `“${term.shown}”`))]

// The message that nothing was found, with what is missing.
function nothing({ terms, missing, narrowed }) {
  if (missing.length) return `Nothing with ${inQuotes(missing).join(" or ")}.`
  if (!terms.length) return "Nothing found. Type a word of two letters or more."
  const all = inQuotes(terms)
  if (narrowed) return `Nothing with ${all.join(" and ")} passes these filters.`
  return `Nothing with ${all.join(" and ")}${all.length > 1 ? " together" : ""}.`
}

function nearby(title, entries) {
  const items = entries.map((entry) => element("li", {}, ...entry))
  return items.length ? [element("p", {}, title), element("ul", {}, ...items)] : []
}

// ── The header ─────────────────────────────────────────────────────────────────────────────────

function header(form) {
  const input = form.elements.q
  const list = form.querySelector("[data-suggestions]")
  let asked = 0
  const close = () => list.replaceChildren()
  input.addEventListener("focus", () => ready().catch(() => {}), { once: true })
  input.addEventListener("input", async () => {
    const request = ++asked
    if (!input.value.trim()) return close()
    await new Promise((done) => setTimeout(done, 150))
    if (request !== asked) return
    try {
      const { terms, pages, missing } = await find(input.value, { filters: {} })
      const found = await Promise.all(pages.slice(0, SUGGESTED).map((one) => fitting(one, terms, {})))
      if (request !== asked) return
      const all = `${form.action}?q=${encodeURIComponent(input.value)}`
      const more = element("li", { className: "search__result" }, element("a", { href: all }, "All results"))
      const whole = found.filter((one) => one.parts.length)
      const each = whole.length < 3 ? SUGGESTED / whole.length : 2
      const about = (part) => (part.id ? `${part.about}${part.about ? ", " : ""}in “${part.page.title}”` : part.about)
      const parts = whole.flatMap((one) => one.parts.slice(0, each)).map((part) => entryOf(part, about(part)))
      const apart = found.filter((one) => one.apart.length).map(scattered)
      const shown = [...parts, ...apart].slice(0, SUGGESTED)
      const none = element("li", { className: "search__result" }, nothing({ terms, missing }))
      list.replaceChildren(...(shown.length ? [...shown, more] : [none, more]))
    } catch {
      list.replaceChildren(element("li", { className: "search__result" }, NOT_READY))
    }
  })
  document.addEventListener("click", (event) => form.contains(event.target) || close())
  form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")]
    const at = links.indexOf(document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Escape") {
      close()
      input.blur()
    } else if (step && links.length) {
      event.preventDefault()
      ;(links[at + step] ?? (at + step < 0 ? input : links[0])).focus()
    }
  })
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]")
    const asks = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey
    if (asks || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault()
      const field = document.querySelector("[data-search] [name=q]") ?? input
      field.focus()
      field.select()
    }
  })
}

// ── The search page ────────────────────────────────────────────────────────────────────────────

async function page(place) {
  place.querySelector("[data-without]").remove()
  const form = place.querySelector("form")
  const results = place.querySelector("[data-results]")
  const status = place.querySelector("[data-status]")
  const more = place.querySelector("[data-more]")
  const filters = [...form.querySelectorAll("[data-filter]")]
  const near = element("div", { className: "search__near" })
  status.after(near)
  let shown = 0
  let count = 0
  let pages = 0
  let next
  let asked = 0

  const asking = () => {
    const chosen = Object.fromEntries(filters.filter((one) => one.value).map((one) => [one.name, one.value]))
    const order = { newest: "desc", oldest: "asc" }[form.elements.sort.value]
    return { filters: chosen, ...(order ? { sort: { [form.elements.sort.value]: order } } : {}) }
  }

  const remember = () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value))
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname)
  }

  const offer = (offered) => {
    for (const select of filters) {
      const chosen = select.value
      const values = [...new Set([...(offered[select.name] ?? []), ...(chosen ? [chosen] : [])])]
      values.sort((one, other) => (select.name === "year" ? other.localeCompare(one) : one.localeCompare(other)))
      const options = values.map((value) => element("option", { value }, value))
      select.replaceChildren(element("option", { value: "" }, "Any"), ...options)
      select.value = chosen
    }
  }

  const inOrder = (parts) => {
    const order = { newest: -1, oldest: 1 }[form.elements.sort.value]
    return order ? parts.sort((one, other) => order * one.date.localeCompare(other.date)) : parts
  }

  // The record of a page says which of its parts have all words and pass the filters. So the count is
  // complete only with all records, and pages with the words in different places come last.
  const show = async (request, found, filters, scattering) => {
    let added = 0
    while (added < AT_ONCE && shown < found.pages.length) {
      const some = shown ? AT_ONCE : FIRST
      const records = await Promise.all(found.pages.slice(shown, shown + some).map((one) => fitting(one, found.terms, filters)))
      if (request !== asked) return
      shown += records.length
      for (const record of records) {
        if (record.apart.length) scattering.push(record)
        if (!record.parts.length) continue
        results.append(group({ ...record, parts: inOrder(record.parts) }))
        added += 1
        count += record.parts.length
        pages += 1
      }
    }
    const all = shown >= found.pages.length
    if (all) {
      for (const record of scattering.splice(0)) {
        results.append(scattered(record))
        count += 1
        pages += 1
      }
    }
    more.hidden = all
    status.textContent = count
      ? `${count} ${count === 1 ? "result" : "results"} on ${pages} ${pages === 1 ? "page" : "pages"}${all ? "" : " so far"}`
      : nothing(found)
    if (all && count <= LITTLE && found.terms.length) await suggest(request, found)
  }

  // Shows near words if little was found, and near names if nothing was.
  const suggest = async (request, { terms, missing }) => {
    const sought = missing.length ? missing : terms
    const [words, names] = await Promise.all([wordsLike(sought), count ? [] : namesLike(sought)])
    if (request !== asked) return
    const typed = form.elements.q.value
    const searches = words.map(({ term, word }) => element("a", { href: `?q=${encodeURIComponent(typed.replace(term.shown, word))}` }, word))
    const pages = names.map((entry) => [element("a", { href: entry.url }, entry.name), entry.also ? ` (${entry.also})` : ""])
    near.replaceChildren(...nearby("Words like it:", searches.map((link) => [link])), ...nearby("Names like it:", pages))
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
      status.textContent = NOT_READY
    }
  }

  const typed = () => {
    const request = ++asked
    setTimeout(() => request === asked && search(), 200)
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
    search()
  })
  form.addEventListener("change", search)
  form.elements.q.addEventListener("input", typed)
  more.addEventListener("click", () => next())
  await search()
}

const bar = document.querySelector("[data-search-bar]")
if (bar) header(bar)
const place = document.querySelector("[data-search]")
if (place) page(place)
