// Leads from a briefing's former address to where it is now, and to the same statement on it.
const link = document.querySelector("[data-moved]")
const target = new URL(link.href)
if (location.hash) target.hash = location.hash
location.replace(target)
