// The words that the server sends in the reader's language (wording.py), and lengths of time made of them.
export type Words = Record<string, string>

export const words: Words = JSON.parse(document.getElementById('words')?.textContent ?? '{}')

export function fill(pattern: string, values: Record<string, string | number>): string {
  return pattern.replace(/%\((\w+)\)[sd]/g, (_whole, name: string) => String(values[name] ?? ''))
}

// Two units at most, like duration_words in wording.py.
export function lengthWords(seconds: number): string {
  const whole = Math.abs(Math.trunc(seconds))
  const days = Math.floor(whole / 86400)
  const hours = Math.floor((whole % 86400) / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  if (days) return fill(hours ? words.days_hours : words.days, { days, hours })
  if (hours) return fill(minutes ? words.hours_minutes : words.hours, { hours, minutes })
  if (minutes) return fill(words.minutes, { minutes })
  return fill(words.seconds, { seconds: whole })
}
