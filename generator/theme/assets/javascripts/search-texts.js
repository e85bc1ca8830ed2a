// The texts that the search shows, each as a whole with {placeholders}, and the functions that fill them in.

// British English in lists and plurals.
export const LANGUAGE = "en-GB"

export const TEXTS = {
  notReady: "Search isn't ready yet. In the preview it takes a few seconds after each change.",
  results: { one: "{count} result", other: "{count} results" },
  pages: { one: "{count} page", other: "{count} pages" },
  found: "{results} on {pages}",
  foundSoFar: "{results} on {pages} so far",
  suggestions: {
    one: "{count} suggestion. The arrow keys lead to it.",
    other: "{count} suggestions. The arrow keys lead to them.",
  },
  allResults: "All results",
  inBriefing: "In “{title}”",
  wordsOf: "Words of {name}:",
  moreInBriefing: { one: "{count} more in this briefing", other: "{count} more in this briefing" },
  scattered: "The words are in different places on this page.",
  term: "“{term}”",
  missing: "Nothing with {terms}.",
  noWord: "Nothing found. Type a word of two letters or more.",
  nonePasses: "Nothing with {terms} passes these filters.",
  nothing: "Nothing with {terms}.",
  notTogether: "Nothing with {terms} together.",
  didYouMean: "Did you mean:",
  namesLike: "Names like it:",
  nameAlso: "{name} ({other})",
  any: "Any",
}

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
