// Running clocks and "3 minutes ago" stay right without reloading.
import { fill, lengthWords, words } from './words'

const SOON = 0.75

function tickClock(clock: HTMLElement): void {
  const remaining = (Date.parse(clock.dataset.due ?? '') - Date.now()) / 1000
  const said = clock.querySelector<HTMLElement>('.clock-words')
  if (!said || Number.isNaN(remaining)) return
  const late = remaining < 0
  const text = fill(late ? words.late : words.left, { length: lengthWords(remaining) })
  if (said.textContent !== text) said.textContent = text
  const whole = wholeLength(clock, remaining)
  clock.classList.toggle('clock-late', late)
  clock.classList.toggle('clock-soon', !late && remaining <= whole * (1 - SOON))
  clock.classList.toggle('clock-running', !late && remaining > whole * (1 - SOON))
}

// The server says which fraction was over when the page was drawn; from that the whole length follows once.
function wholeLength(clock: HTMLElement, remaining: number): number {
  if (!clock.dataset.whole) {
    const over = Number(clock.dataset.fraction ?? 0)
    clock.dataset.whole = String(over < 1 ? Math.max(remaining, 0) / (1 - over) : 0)
  }
  return Number(clock.dataset.whole)
}

function ago(moment: HTMLTimeElement, relative: Intl.RelativeTimeFormat): void {
  const seconds = (Date.parse(moment.dateTime) - Date.now()) / 1000
  const size = Math.abs(seconds)
  if (Number.isNaN(size) || size >= 7 * 86400) return
  const text =
    size < 60 && seconds <= 0
      ? words.now
      : size < 3600
        ? relative.format(Math.trunc(seconds / 60), 'minute')
        : size < 86400
          ? relative.format(Math.trunc(seconds / 3600), 'hour')
          : relative.format(Math.trunc(seconds / 86400), 'day')
  if (moment.textContent !== text) moment.textContent = text
}

export function keepTimes(): void {
  const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'always' })
  const clocks = () => document.querySelectorAll<HTMLElement>('.clock[data-due]').forEach(tickClock)
  const moments = () => document.querySelectorAll<HTMLTimeElement>('time.when').forEach((one) => ago(one, relative))
  setInterval(clocks, 1000)
  setInterval(moments, 30000)
  document.addEventListener('htmx:afterSettle', clocks)
  clocks()
}
