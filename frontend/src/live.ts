// Events from the server, as they happen. Each carries ids only: what changed is fetched again, with permission.
import htmx from 'htmx.org'
import { words } from './words'

interface LiveEvent {
  id: number
  name: string
  audience: string[]
}

const POLL_EVERY = 5000
const GIVE_UP_AFTER = 3

function meta(name: string): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content
}

function show(state: 'on' | 'off'): void {
  const place = document.querySelector<HTMLElement>('[data-live-state]')
  const word = place?.querySelector('.live-word')
  if (!place || !word || place.dataset.liveState === state) return
  place.dataset.liveState = state
  word.textContent = state === 'on' ? words.live_on : words.live_off
}

// A burst (a closing case stops three clocks) refreshes each place once.
const waiting = new Set<Element>()
let timer: number | undefined

// What somebody is typing is never swept away: such a place is refreshed when she has left the field.
function isBeingWrittenIn(place: Element): boolean {
  const field = document.activeElement
  return field !== null && place.contains(field) && field.matches('input, textarea, select') && !field.closest('[hx-preserve]')
}

function refresh(): void {
  timer = undefined
  for (const place of [...waiting]) {
    if (place.isConnected && isBeingWrittenIn(place)) continue
    waiting.delete(place)
    if (place.isConnected) htmx.trigger(place, 'live', {})
  }
}

document.addEventListener('focusout', () => {
  if (waiting.size) timer ??= window.setTimeout(refresh, 400)
})

function dispatch(event: LiveEvent): void {
  document.dispatchEvent(new CustomEvent('frontstage:live', { detail: event }))
  for (const place of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const wanted = (place.dataset.live ?? '').split(/\s+/)
    if (event.audience.some((one) => wanted.includes(one))) waiting.add(place)
  }
  if (waiting.size) timer ??= window.setTimeout(refresh, 150)
}

class Stream {
  private last = 0
  private failures = 0
  // Events of one moment may come in another order than their ids, and are told again after a break.
  private known = new Set<number>()

  constructor(
    private base: string,
    private token: string,
  ) {}

  open(): void {
    const source = new EventSource(`${this.base}/live/?token=${encodeURIComponent(this.token)}`)
    source.onopen = () => {
      this.failures = 0
      show('on')
    }
    source.onmessage = (message) => this.take(JSON.parse(message.data))
    source.onerror = () => {
      show('off')
      this.failures += 1
      if (source.readyState === EventSource.CLOSED || this.failures >= GIVE_UP_AFTER) {
        source.close()
        void this.poll()
      }
    }
  }

  private take(event: LiveEvent): void {
    if (this.known.has(event.id)) return
    if (this.known.size > 5000) this.known.clear()
    this.known.add(event.id)
    this.last = Math.max(this.last, event.id)
    dispatch(event)
  }

  // Where the stream cannot be opened (an old proxy between), ask every few seconds from the last one seen.
  private async poll(): Promise<void> {
    try {
      const answer = await fetch(`/live/since/${this.last}?token=${encodeURIComponent(this.token)}`)
      if (answer.ok) {
        const said = await answer.json()
        for (const event of said.events ?? []) this.take(event)
        if (typeof said.last === 'number') this.last = Math.max(this.last, said.last)
        show('on')
      } else show('off')
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) return
    } catch {
      show('off')
    }
    window.setTimeout(() => void this.poll(), POLL_EVERY)
  }
}

export function listen(): void {
  const token = meta('live-token')
  if (token) new Stream(meta('live-url') ?? '', token).open()
}
