// Fills the texts of the interface in, which the build writes in the site's language.

import { LANGUAGE, TEXTS } from "./texts.js"

export { LANGUAGE, TEXTS }

// A text with its placeholders filled in, as a list of texts and elements. A value is one of these, or a list.
export function fill(template, values) {
  return template.split(/\{(\w+)\}/).flatMap((piece, at) => (at % 2 ? values[piece] : piece)).filter((piece) => piece !== "")
}

// The same as one text.
export const filled = (template, values) => fill(template, values).join("")

const plurals = new Intl.PluralRules(LANGUAGE)
export const counted = (forms, count) => filled(forms[plurals.select(count)] ?? forms.other, { count: String(count) })

// A list of elements in words: {type} is "conjunction" or "disjunction".
export function listed(elements, type) {
  const parts = new Intl.ListFormat(LANGUAGE, { type }).formatToParts(elements.map((_, at) => String(at)))
  return parts.map((part) => (part.type === "element" ? elements[part.value] : part.value))
}
