// What every page runs: htmx, menus, the colour scheme, notices, clocks, live events.
import htmx from 'htmx.org'
import Collapse from '@tabler/core/js/src/bootstrap/collapse'
import Dropdown from '@tabler/core/js/src/bootstrap/dropdown'
import Modal from '@tabler/core/js/src/bootstrap/modal'
import Tab from '@tabler/core/js/src/bootstrap/tab'
import { listen } from './live'
import { keepTimes } from './times'
import { words } from './words'

// Kept so that the bundler does not drop them: importing registers their data-bs-toggle handlers.
Object.assign(window, { htmx, bootstrap: { Collapse, Dropdown, Modal, Tab } })

function scheme(): void {
  const root = document.documentElement
  const buttons = document.querySelectorAll<HTMLButtonElement>('[data-scheme-switch]')
  const show = () => buttons.forEach((one) => one.setAttribute('aria-pressed', String(root.dataset.bsTheme === 'dark')))
  buttons.forEach((one) =>
    one.addEventListener('click', () => {
      root.dataset.bsTheme = root.dataset.bsTheme === 'dark' ? 'light' : 'dark'
      localStorage.setItem('frontstage-scheme', root.dataset.bsTheme)
      show()
      document.dispatchEvent(new CustomEvent('frontstage:scheme'))
    }),
  )
  show()
}

function side(): void {
  const menu = document.getElementById('side')
  const opener = document.querySelector<HTMLButtonElement>('[data-side-open]')
  if (!menu || !opener) return
  const set = (open: boolean) => {
    document.body.classList.toggle('side-is-open', open)
    opener.setAttribute('aria-expanded', String(open))
    if (open) menu.querySelector<HTMLElement>('a')?.focus()
    else opener.focus()
  }
  opener.addEventListener('click', () => set(!document.body.classList.contains('side-is-open')))
  document.querySelector('[data-side-close]')?.addEventListener('click', () => set(false))
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.body.classList.contains('side-is-open')) set(false)
  })
}

function say(text: string): void {
  const place = document.getElementById('notices')
  if (!place || [...place.querySelectorAll('.notice-text')].some((one) => one.textContent === text)) return
  const notice = document.createElement('div')
  notice.className = 'notice notice-bad'
  notice.setAttribute('role', 'alert')
  const said = document.createElement('div')
  said.className = 'notice-text'
  said.textContent = text
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'notice-close'
  close.dataset.dismiss = ''
  close.setAttribute('aria-label', words.dismiss)
  close.textContent = '×'
  notice.append(said, close)
  place.append(notice)
}

function clicks(): void {
  document.addEventListener('click', (event) => {
    const target = event.target as HTMLElement
    target.closest('[data-dismiss]')?.closest('.notice')?.remove()
    if (target.closest('[data-back]')) history.back()
    if (target.closest('[data-print]')) window.print()
    const copier = target.closest<HTMLElement>('[data-copy]')
    if (copier) void navigator.clipboard?.writeText(copier.dataset.copy ?? '')
  })
  if (history.length > 1) document.querySelectorAll<HTMLElement>('[data-back]').forEach((one) => (one.hidden = false))
  // A whole row or card leads where its first link leads; text in it can still be selected.
  document.addEventListener('click', (event) => {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-row-link]')
    if (!row || target.closest('a, button, input, select, textarea, label, summary') || getSelection()?.toString()) return
    row.querySelector<HTMLAnchorElement>('a[href]')?.click()
  })
}

function forms(): void {
  // A form that is on its way is not sent a second time by an impatient click.
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (event.defaultPrevented || form.method.toLowerCase() !== 'post' || form.target) return
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = '1'
    window.setTimeout(() => delete form.dataset.sent, 8000)
  })
  window.addEventListener('pageshow', () => document.querySelectorAll<HTMLFormElement>('form[data-sent]').forEach((f) => delete f.dataset.sent))
  document.addEventListener('change', (event) => {
    const field = event.target as HTMLElement
    if (field.matches('[data-submit-on-change]')) (field as HTMLInputElement).form?.requestSubmit()
  })
  document.addEventListener('htmx:sendError', () => say(words.failed))
  document.addEventListener('htmx:responseError', () => say(words.failed))
}

scheme()
side()
clicks()
forms()
keepTimes()
listen()
