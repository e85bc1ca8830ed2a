// Search: the form in the header, which suggests, and the search page, which filters and sorts.

import { choices, find, fitting, namesLike, passages, ready } from "./search-engine.js"

const SUGGESTED = 6
const AT_ONCE = 20
// Few at first, so that a first result is there soon.
const FIRST = 3
const PARTS = 5
const NOT_READY = "Search isn't ready yet. In the preview it takes a few seconds after each change."

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

// Words as text, so that nothing in them can be markup; what was found is marked.
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

// A page with its parts below it; the page's own part is the heading's.
function group({ title, parts }) {
  const own = parts.find((part) => !part.id)
  const others = parts.filter((part) => part.id)
  const item = entry({ ...title, about: own?.about, excerpts: own?.terms.length ? [own] : [] })
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

// That nothing was found, naming what is missing.
function nothing({ terms, missing, narrowed }) {
  if (missing.length) return `Nothing with ${inQuotes(missing).join(" or ")}.`
  if (!terms.length) return "Nothing found. Type a word of two letters or more."
  const all = inQuotes(terms)
  if (narrowed) return `Nothing with ${all.join(" and ")} passes these filters.`
  return `Nothing with ${all.join(" and ")}${all.length > 1 ? " together" : ""}.`
}

// ── The header ─────────────────────────────────────────────────────────────────────────────────

function header(form) {
  const input = form.elements.q
  const list = form.querySelector("[data-suggestions]")
  let asked = 0
  const close = () => list.replaceChildren()
  input.addEventListener("focus", () => ready().catch(() => {}), { once: true })
  input.addEventListener("input", async () => {
    const own = ++asked
    if (!input.value.trim()) return close()
    await new Promise((done) => setTimeout(done, 150))
    if (own !== asked) return
    try {
      const { terms, pages, missing } = await find(input.value, { filters: {} })
      const found = await Promise.all(pages.slice(0, SUGGESTED).map((one) => fitting(one, terms, {})))
      if (own !== asked) return
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
      const kept = select.value
      const values = [...new Set([...(offered[select.name] ?? []), ...(kept ? [kept] : [])])]
      values.sort((one, other) => (select.name === "year" ? other.localeCompare(one) : one.localeCompare(other)))
      const options = values.map((value) => element("option", { value }, value))
      select.replaceChildren(element("option", { value: "" }, "Any"), ...options)
      select.value = kept
    }
  }

  const inOrder = (parts) => {
    const order = { newest: -1, oldest: 1 }[form.elements.sort.value]
    return order ? parts.sort((one, other) => order * one.date.localeCompare(other.date)) : parts
  }

  // Which parts hold all the words and pass the filters shows when a page's own record has come. So
  // a count is whole only once all have, and pages with the words in different places come last.
  const show = async (own, found, filters, scattering) => {
    let added = 0
    while (added < AT_ONCE && shown < found.pages.length) {
      const some = shown ? AT_ONCE : FIRST
      const records = await Promise.all(found.pages.slice(shown, shown + some).map((one) => fitting(one, found.terms, filters)))
      if (own !== asked) return
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
    if (!count && found.terms.length) await suggest(own, found.missing.length ? found.missing : found.terms)
  }

  const suggest = async (own, terms) => {
    const names = await namesLike(terms)
    if (own !== asked || !names.length) return
    const items = names.map((one) => element("li", {}, element("a", { href: one.url }, one.name), one.also ? ` (${one.also})` : ""))
    near.replaceChildren(element("p", {}, "Names like it:"), element("ul", {}, ...items))
  }

  const search = async () => {
    const own = ++asked
    const options = asking()
    remember()
    try {
      const found = await find(form.elements.q.value, options)
      if (own !== asked) return
      shown = count = pages = 0
      results.replaceChildren()
      near.replaceChildren()
      const scattering = []
      next = () => show(asked, found, options.filters, scattering)
      await next()
      const offered = await choices(found.pages)
      if (own === asked) offer(offered)
    } catch {
      status.textContent = NOT_READY
    }
  }

  const typed = () => {
    const own = ++asked
    setTimeout(() => own === asked && search(), 200)
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
