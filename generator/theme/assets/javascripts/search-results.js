// Results as elements: what was said, by whom, when, and whether it was answered, with marks where words fit.

import { inOrder, passages, within } from "./search-engine.js"
import { counted, fill, LANGUAGE, listed, TEXTS } from "./search-texts.js"

// How many parts of a page are shown before the rest is opened.
const PARTS = 5

export function element(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties)
  created.append(...children)
  return created
}

// An element with a text in its own language.
export function spoken(name, { lang, dir }, properties, ...children) {
  const created = element(name, properties, ...children)
  if (lang && lang !== "und") created.lang = lang
  if (lang) created.dir = dir || "ltr"
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

const joined = (lists, separator) => lists.flatMap((list, at) => (at ? [separator, ...list] : list))

// Who said it and when, or what kind of page it is and in which language, if not that of this page.
function about(part) {
  const speakers = part.texts.filter((text) => text.role === "speaker")
  const speaker = speakers.map((text) => [spoken("bdi", text, {}, ...marked(text.text, text.marks))])
  const language = part.edition.value && !part.id ? [part.edition.name] : []
  const isolated = (facts) => facts.map((fact) => [element("bdi", {}, fact)])
  // Each name is isolated already. An element for all of them would take no direction from them.
  const names = speaker.length ? [joined(speaker, TEXTS.comma)] : []
  const facts = [...isolated(language), ...names, ...isolated(part.about)]
  return facts.length ? [element("p", { className: "search__about" }, ...joined(facts, " · "))] : []
}

// What is claimed; without words to look for, the complete text.
function claim(part, whole) {
  const text = part.texts.find((one) => one.role === "claim") ?? part.texts.find((one) => one.claim)
  if (!text) return []
  const rest = whole && text.role === "claim" ? part.texts.filter((one) => !one.role).slice(0, 1) : []
  const length = whole || !text.claim ? text.text.length : text.claim
  return [
    spoken("p", text, { className: "search__claim" }, ...marked(text.text.slice(0, length), within(text.marks, 0, length))),
    ...rest.map((one) => spoken("p", one, { className: "search__excerpt" }, one.text)),
  ]
}

// Each reply status in words, with the same symbol as on other pages.
function replies(part) {
  if (!part.replies?.length) return []
  const className = (label) => (label ? `reply reply--${label.replaceAll(" ", "-")}` : "")
  const statuses = part.replies.map(([label, text]) => element("li", { className: className(label) }, text))
  return [element("ul", { className: `search__replies search__replies--${part.kind}` }, ...statuses)]
}

function excerpts(part) {
  return passages(part).flatMap(({ source, text, marks, before, after }) => {
    const className = source.role === "quote" ? "search__excerpt search__excerpt--quote" : "search__excerpt"
    const excerpt = spoken("p", source, { className }, before ? "… " : "", ...marked(text, marks), after ? " …" : "")
    const author = element("bdi", {}, source.of ?? "")
    return source.of ? [own("p", { className: "search__about" }, ...fill(TEXTS.wordsOf, { name: author })), excerpt] : [excerpt]
  })
}

function titled(name, { title, titleMarks, lang, dir, url, edition }) {
  const words = spoken("bdi", { lang, dir }, {}, ...marked(title, titleMarks))
  const language = edition.value ? { hreflang: edition.value } : {}
  return element(name, { className: "search__title" }, element("a", { href: url, ...language }, words))
}

// A text of the interface, which is in the page's language also within a result in another one.
const own = (name, properties, ...children) => element(name, { lang: LANGUAGE, dir: "auto", ...properties }, ...children)

// One part, below a heading of the level `name`.
export function entry(part, name, ...more) {
  const whole = !part.terms.length && Boolean(part.id)
  const item = element("li", { className: "search__result" }, titled(name, part), ...about(part), ...more)
  item.append(...claim(part, whole), ...replies(part), ...excerpts(part))
  return item
}

// A part with the title of its briefing, as a suggestion.
export const suggestion = (part) =>
  part.id
    ? entry(part, "p", element("p", { className: "search__about" }, ...fill(TEXTS.inBriefing, { title: spoken("bdi", part.page, {}, part.page.title) })))
    : entry(part, "p")

// A page, with its parts below it. `opened` is true if all parts are shown.
export function group({ page, parts, apart }, order, opened) {
  const isFound = parts.some((part) => !part.id)
  const item = spoken("li", page.edition, { className: "search__result" }, titled("h2", page))
  if (isFound || page.kind === "briefing") item.append(...about(page), ...(isFound ? claim(page, false) : []), ...replies(page))
  if (isFound) item.append(...excerpts(page))
  if (apart.length) item.append(own("p", { className: "search__about" }, TEXTS.scattered))
  const others = apart.length ? apart : inOrder(parts.filter((part) => part.id), order)
  const list = (some) => element("ol", { className: "search__parts" }, ...some.map((part) => entry(part, "h3")))
  if (others.length) item.append(list(others.slice(0, PARTS)))
  if (others.length > PARTS) {
    const summary = own("summary", {}, counted(TEXTS.moreInBriefing, others.length - PARTS))
    const rest = element("details", { open: opened }, summary, list(others.slice(PARTS)))
    rest.dataset.page = page.url
    item.append(rest)
  }
  if (apart.length) item.dataset.scattered = ""
  return item
}

const quoted = (terms) => {
  const shown = [...new Set(terms.map((term) => term.shown))]
  return shown.map((term) => fill(TEXTS.term, { term: element("bdi", {}, term) }))
}
const inWords = (terms, type) => listed(quoted(terms), type).flat()

// A name like what was typed, as a link to its page.
export function nameLink(entry) {
  const name = element("a", { href: entry.url }, element("bdi", {}, entry.name))
  return entry.also ? fill(TEXTS.nameAlso, { name, other: element("bdi", {}, entry.also) }) : [name]
}

// The message that nothing was found, with what is missing.
export function nothing({ terms, missing, narrowed }) {
  if (missing.length) return fill(TEXTS.missing, { terms: inWords(missing, "disjunction") })
  if (!terms.length) return [TEXTS.noWord]
  const several = quoted(terms).length > 1
  return fill(narrowed ? TEXTS.nonePasses : several ? TEXTS.notTogether : TEXTS.nothing, { terms: inWords(terms, "conjunction") })
}
