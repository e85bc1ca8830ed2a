// Search: the form in the header, which suggests. search-page.js is the page that filters and sorts.

import { find, fitting, ready } from "./search-engine.js"
import { namesLike } from "./search-near.js"
import { page } from "./search-page.js"
import { element, nameLink, nothing, suggestion } from "./search-results.js"
import { counted, LANGUAGE, TEXTS } from "./search-texts.js"

const SUGGESTED = 6
const hasEditions = document.querySelectorAll("[data-edition]").length > 1

function header(form) {
  const input = form.elements.q
  const list = form.querySelector("[data-suggestions]")
  const status = form.querySelector("[data-suggestions-status]")
  list.lang = status.lang = LANGUAGE
  let asked = 0

  // A message is read aloud; it is in the list too, for those who see it.
  const say = (...message) => {
    list.replaceChildren(element("li", { className: "search__result" }, ...message.map((piece) => piece.cloneNode?.(true) ?? piece)))
    status.replaceChildren(...message)
  }
  const close = () => {
    asked += 1
    list.replaceChildren()
    status.replaceChildren()
  }

  const suggest = async (request) => {
    const { terms, pages, missing } = await find(input.value, { filters: {} })
    const records = await Promise.all(pages.slice(0, SUGGESTED).map((one) => fitting(one, terms, {})))
    if (request !== asked) return
    const complete = records.filter((record) => record.parts.length)
    const each = complete.length < 3 ? SUGGESTED / complete.length : 2
    const parts = complete.flatMap((record) => record.parts.slice(0, each))
    const scattered = records.flatMap((record) => record.apart.slice(0, 2))
    const shown = [...parts, ...scattered].slice(0, SUGGESTED)
    if (!shown.length) return suggestNames(request, terms, missing)
    const all = `${form.action}?q=${encodeURIComponent(input.value)}`
    const more = element("li", { className: "search__result" }, element("a", { href: all }, TEXTS.allResults))
    list.replaceChildren(...shown.map(suggestion), more)
    status.replaceChildren(counted(TEXTS.suggestions, shown.length))
  }

  const suggestNames = async (request, terms, missing) => {
    say(...nothing({ terms, missing }))
    const names = terms.length ? await namesLike(missing.length ? missing : terms) : []
    if (request !== asked) return
    const add = (...content) => list.append(element("li", { className: "search__result" }, ...content))
    if (names.length) add(TEXTS.namesLike)
    for (const name of names) add(...nameLink(name))
    const everywhere = `${form.action}?q=${encodeURIComponent(input.value)}&edition=*`
    if (hasEditions) add(element("a", { href: everywhere }, TEXTS.everyLanguage))
    const links = list.querySelectorAll("a").length
    if (links) status.append(" ", counted(TEXTS.suggestions, links))
  }

  input.addEventListener("focus", () => ready().catch(() => {}), { once: true })
  input.addEventListener("input", async () => {
    const request = ++asked
    if (!input.value.trim()) return close()
    await new Promise((done) => setTimeout(done, 150))
    if (request !== asked) return
    try {
      await suggest(request)
    } catch {
      say(TEXTS.notReady)
    }
  })
  document.addEventListener("click", (event) => form.contains(event.target) || close())
  form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")]
    const at = links.indexOf(document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Escape" && list.childElementCount) {
      // The words stay: only an Escape without suggestions deletes them, as in every search field.
      event.preventDefault()
      input.focus()
      close()
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

const bar = document.querySelector("[data-search-bar]")
if (bar) header(bar)
const place = document.querySelector("[data-search]")
if (place) page(place)
