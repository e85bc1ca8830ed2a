// Reading: what a citation stands for, buttons that copy a statement or a reference, and the menu.
// All of it is on the page without this script: the sources in their list, the references as text.

import { TEXTS } from "./texts.js"

const GAP = 4
const NAMES = { bib: "reference.bib", ris: "reference.ris", json: "reference.json" }
const TYPES = { bib: "application/x-bibtex", ris: "application/x-research-info-systems", json: "application/vnd.citationstyles.csl+json" }

// ── The source behind a citation, shown on hover and focus (WCAG 2.2, 1.4.13) ──────────────────

let shown

function hide() {
  shown?.box.remove()
  shown?.link.removeAttribute("aria-describedby")
  shown = undefined
}

function show(link) {
  const source = document.getElementById(decodeURIComponent(link.hash.slice(1)))
  if (!source || shown?.link === link) return
  hide()
  const box = document.createElement("div")
  box.className = "source-preview"
  box.id = "preview--source" // no source has this id, as it would have one that begins with `source--`
  box.setAttribute("role", "tooltip")
  box.append(...[...source.childNodes].map((node) => node.cloneNode(true)))
  box.addEventListener("pointerleave", leave)
  link.closest("article, .md-content__inner").append(box)
  link.removeAttribute("title")
  link.setAttribute("aria-describedby", box.id)
  shown = { box, link }
  place(link, box)
}

function place(link, box) {
  const at = link.getBoundingClientRect()
  const origin = box.offsetParent.getBoundingClientRect()
  const left = Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - GAP)
  const below = at.bottom + box.offsetHeight < innerHeight || at.top < box.offsetHeight
  const top = below ? at.bottom : at.top - box.offsetHeight
  box.style.left = `${Math.max(left, GAP) - origin.left}px`
  box.style.top = `${top - origin.top}px`
}

// The pointer may go over to what is shown.
function leave(event) {
  const to = event.relatedTarget
  if (!(to instanceof Node && (shown?.box.contains(to) || shown?.link.contains(to)))) hide()
}

for (const link of document.querySelectorAll("a.citation[href^='#']")) {
  link.addEventListener("pointerenter", () => show(link))
  link.addEventListener("pointerleave", leave)
  link.addEventListener("focus", () => show(link))
  link.addEventListener("blur", hide)
}
document.addEventListener("keydown", (event) => event.key === "Escape" && hide())

// ── Link and cite ──────────────────────────────────────────────────────────────────────────────

function button(name, act) {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = name
  made.addEventListener("click", act)
  return made
}

function save(name, type, words) {
  const address = URL.createObjectURL(new Blob([words], { type }))
  Object.assign(document.createElement("a"), { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address))
}

function equip(entry) {
  const link = entry.querySelector("[data-permalink]")
  // A site that doesn't know its own address has relative links: a reader's browser knows.
  if (link) link.textContent = link.href
  const words = entry.textContent.trim()
  const copy = button(TEXTS.copy, async () => {
    await navigator.clipboard.writeText(words)
    copy.textContent = TEXTS.copied
    setTimeout(() => (copy.textContent = TEXTS.copy), 2000)
  })
  const buttons = document.createElement("div")
  buttons.append(copy)
  const kind = entry.dataset.copy
  if (kind) buttons.append(button(TEXTS.save, () => save(NAMES[kind], TYPES[kind], words)))
  entry.append(buttons)
}

for (const one of document.querySelectorAll("details.cite")) {
  one.addEventListener("toggle", () => one.querySelectorAll("[data-copy]").forEach(equip), { once: true })
}

// ── Copy what was said ─────────────────────────────────────────────────────────────────────────

// Line breaks are elements on the page. The quotation marks are in the style sheet, so none is copied.
function wordsOf(place) {
  const copied = place.cloneNode(true)
  for (const end of copied.querySelectorAll("br")) end.replaceWith("\n")
  return copied.textContent.trim()
}

// The outlets and addresses of the sources that are cited within a part of a statement.
function sourcesIn(parts) {
  const links = parts.flatMap((part) => [...part.querySelectorAll("a.citation[href^='#']")])
  const lines = links.map((link) => {
    const source = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    const outlet = source?.querySelector(".source__outlet")?.textContent ?? link.querySelector("bdi")?.textContent
    return [outlet, source?.querySelector(".source__title a")?.href].filter(Boolean).join(", ")
  })
  return [...new Set(lines)]
}

// The quotations of a statement, or its text if it has none, with what a reader needs to use them.
function statementAsText(statement, by) {
  const quotations = [...statement.querySelectorAll(".quotation")]
  const parts = ".quotation__of, blockquote p, .quotation__form, .quotation__original"
  const words = quotations.map((quotation) => [...quotation.querySelectorAll(parts)].map(wordsOf).join("\n"))
  const places = quotations.length ? quotations : [statement.querySelector(".statement__text")]
  // Words that cite nothing have the sources of the statement.
  const isCited = places.every((place) => sourcesIn([place]).length > 0)
  const cited = sourcesIn(isCited ? places : [...places, ...statement.querySelectorAll(".statement__sources")])
  const text = quotations.length ? words : [wordsOf(statement.querySelector(".statement__text"))]
  const link = statement.querySelector("[data-permalink]").href
  return [...text, [by, ...cited, link].join("\n")].join("\n\n")
}

// Browsers offer no clipboard to pages that were fetched without encryption.
for (const copy of navigator.clipboard ? document.querySelectorAll("[data-copy-statement]") : []) {
  const name = copy.textContent
  copy.hidden = false
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(statementAsText(copy.closest(".statement"), copy.dataset.by))
    copy.textContent = TEXTS.copied
    setTimeout(() => (copy.textContent = name), 2000)
  })
}

// ── The same place in another language ─────────────────────────────────────────────────────────

// Anchors are the same in all languages, and so are the words that a reader looked for.
for (const link of document.querySelectorAll("[data-edition]")) {
  link.addEventListener("click", () => {
    link.search = location.search
    link.hash = location.hash
  })
}

// ── The menu of small screens ──────────────────────────────────────────────────────────────────

// The theme opens it with a checkbox, which keyboards reach where this script doesn't run. The button
// that takes its place is in the header, so that it belongs to a landmark.
const menu = document.getElementById("__drawer")
const drawer = document.querySelector(".md-sidebar--primary")
const menuLabel = document.querySelector(".md-header label[for='__drawer']")

if (menu && drawer && menuLabel) {
  const opener = button("", () => menu.click())
  opener.className = "menu-button"
  opener.append(...menuLabel.childNodes)
  opener.setAttribute("aria-expanded", menu.checked)
  menuLabel.append(opener)
  menu.hidden = true
  menu.addEventListener("change", () => {
    opener.setAttribute("aria-expanded", menu.checked)
    if (menu.checked && opener.matches(":focus-visible")) drawer.querySelector("a.md-nav__link")?.focus()
  })
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.checked) return
    menu.click()
    opener.focus()
  })
  // Whoever leaves the menu with the Tab key would be behind it.
  drawer.addEventListener("focusout", ({ relatedTarget }) => {
    if (menu.checked && relatedTarget && relatedTarget !== opener && !drawer.contains(relatedTarget)) menu.click()
  })
}
