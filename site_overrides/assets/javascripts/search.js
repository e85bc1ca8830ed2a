// Search: the form in the header, which suggests, and the search page, which filters and sorts.
// Pagefind fetches only the parts of the index that hold the words asked for, from this site.

const root = new URL("../../", import.meta.url)
const LETTER = "[\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]"
const UNSPACED = new RegExp(`(${LETTER})`, "g")
const BETWEEN_UNSPACED = new RegExp(`(?<=${LETTER}(?:</mark>)?) (?=(?:<mark>)?${LETTER})`, "g")
const SUGGESTED = 6
const AT_ONCE = 20
const PARTS = 5
const NOT_READY = "The search is not ready. In a preview, it is a few seconds after each change."

let loading
const pagefind = () => (loading ??= load())

async function load() {
  try {
    const engine = await import(new URL("pagefind/pagefind.js", root).href)
    await engine.options({ baseUrl: root.pathname, excerptLength: 30 })
    await engine.init()
    for (const other of others()) {
      await engine.mergeIndex(new URL("pagefind", other).href, { baseUrl: other.pathname })
    }
    return engine
  } catch (error) {
    loading = undefined
    throw error
  }
}

// The other parts of a site that is built in parts, whose indexes are searched along with this one's.
function others() {
  const named = document.querySelector("[data-search-also]")?.dataset.searchAlso ?? ""
  return named.split(" ").filter(Boolean).map((path) => new URL(path.endsWith("/") ? path : `${path}/`, root))
}

// Chinese and Japanese are indexed character by character, as they have no blanks.
const spaced = (words) => words.replace(UNSPACED, " $1 ").replace(/\s+/g, " ").trim()

// Words that nearly every page holds narrow nothing down, and their part of the index is the largest.
// They are looked up only where there is nothing else to look up, or within a quoted phrase.
const FUNCTION_WORDS = new Set(
  "a an and are as at be by for from has have in is it its of on or that the their they this to was were which who will with".split(" "),
)

function lookedUp(typed) {
  const words = spaced(typed)
  if (words.includes('"')) return words
  return words.split(" ").filter((word) => !FUNCTION_WORDS.has(word.toLowerCase())).join(" ") || words
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

// The excerpt's words as text, so that nothing in them can be markup; what was found is marked.
function excerpt(words) {
  const parts = words.replace(BETWEEN_UNSPACED, "").split(/<mark>|<\/mark>/)
  const decoder = document.createElement("textarea")
  return parts.map((part, index) => {
    decoder.innerHTML = part
    return index % 2 ? element("mark", {}, decoder.value) : decoder.value
  })
}

// The parts of a page that fit: those that hold the words, and of these those that pass the filters.
function fitting(page, words, filters) {
  const passes = (part) => Object.entries(filters).every(([key, value]) => part.filters[key]?.includes(value))
  const found = new Map(page.sub_results.map((one) => [decodeURIComponent(one.url.split("#")[1] ?? ""), one]))
  const parts = JSON.parse(page.meta.parts).filter((part) => passes(part) && (!words || found.has(part.id)))
  const hits = (part) => found.get(part.id)?.locations.length ?? 0
  if (words) parts.sort((one, other) => hits(other) - hits(one))
  return parts.map((part) => ({ ...part, url: part.id ? `${page.url}#${part.id}` : page.url, excerpt: words ? found.get(part.id).excerpt : "" }))
}

function entry(part, about) {
  const heading = element("a", { href: part.url }, part.title)
  const item = element("li", { className: "search__result" }, element("p", { className: "search__title" }, heading))
  if (about) item.append(element("p", { className: "search__about" }, about))
  if (part.excerpt) item.append(element("p", { className: "search__excerpt" }, ...excerpt(part.excerpt)))
  return item
}

// A page with its parts below it; the page's own part is the heading's.
function group(page, parts) {
  const own = parts.find((part) => !part.id)
  const others = parts.filter((part) => part.id)
  const item = entry({ title: page.meta.title, url: page.url, excerpt: own?.excerpt }, own?.about)
  const list = (some) => element("ol", { className: "search__parts" }, ...some.map((part) => entry(part, part.about)))
  if (others.length) item.append(list(others.slice(0, PARTS)))
  if (others.length > PARTS) {
    const rest = element("details", {}, element("summary", {}, `${others.length - PARTS} more on this page`), list(others.slice(PARTS)))
    item.append(rest)
  }
  return item
}

// ── The header ─────────────────────────────────────────────────────────────────────────────────

function header(form) {
  const input = form.elements.q
  const list = form.querySelector("[data-suggestions]")
  let asked = 0
  const close = () => list.replaceChildren()
  input.addEventListener("focus", () => pagefind().catch(() => {}), { once: true })
  input.addEventListener("input", async () => {
    const own = ++asked
    const words = lookedUp(input.value)
    if (!words) return close()
    try {
      const engine = await pagefind()
      const answer = await engine.debouncedSearch(words, {}, 150)
      if (!answer || own !== asked) return
      const pages = await Promise.all(answer.results.slice(0, SUGGESTED).map((one) => one.data()))
      if (own !== asked) return
      const all = `${form.action}?q=${encodeURIComponent(input.value)}`
      const more = element("li", { className: "search__result" }, element("a", { href: all }, "All results"))
      const each = pages.length < 3 ? SUGGESTED / pages.length : 2
      const found = pages.flatMap((one) => fitting(one, words, {}).slice(0, each).map((part) => [part, one.meta.title]))
      const about = (part, title) => (part.id ? `${part.about}${part.about ? ", " : ""}in “${title}”` : part.about)
      list.replaceChildren(...found.slice(0, SUGGESTED).map(([part, title]) => entry(part, about(part, title))), more)
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
  let answer = { results: [] }
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

  const offer = (counts) => {
    for (const select of filters) {
      const values = Object.entries(counts[select.name] ?? {}).filter(([value, count]) => count || value === select.value)
      values.sort(([one], [other]) => (select.name === "year" ? other.localeCompare(one) : one.localeCompare(other)))
      const kept = select.value
      const options = values.map(([value]) => element("option", { value }, value))
      select.replaceChildren(element("option", { value: "" }, "Any"), ...options)
      select.value = kept
    }
  }

  const inOrder = (parts) => {
    const order = { newest: -1, oldest: 1 }[form.elements.sort.value]
    return order ? parts.sort((one, other) => order * one.date.localeCompare(other.date)) : parts
  }

  // Pagefind says which pages hold the words and pass the filters; whether one part does both shows
  // when the page's own record has come. So a count is whole only once all have.
  const show = async (own, words, filters) => {
    let added = 0
    while (added < AT_ONCE && shown < answer.results.length) {
      const next = await Promise.all(answer.results.slice(shown, shown + AT_ONCE).map((one) => one.data()))
      if (own !== asked) return
      shown += next.length
      for (const one of next) {
        const parts = inOrder(fitting(one, words, filters))
        if (!parts.length) continue
        results.append(group(one, parts))
        added += 1
        count += parts.length
        pages += 1
      }
    }
    const all = shown >= answer.results.length
    more.hidden = all
    status.textContent = !count
      ? "Nothing found. Try fewer words, or fewer filters."
      : `${count} ${count === 1 ? "result" : "results"} on ${pages} ${pages === 1 ? "page" : "pages"}${all ? "" : " so far"}`
  }

  const search = async () => {
    const own = ++asked
    const words = lookedUp(form.elements.q.value)
    const options = asking()
    remember()
    try {
      const engine = await pagefind()
      const found = await engine.search(words || null, options)
      if (own !== asked) return
      answer = found
      shown = 0
      results.replaceChildren()
      offer(found.filters && Object.keys(found.filters).length ? found.filters : await engine.filters())
      count = pages = 0
      next = () => show(asked, words, options.filters)
      await next()
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
