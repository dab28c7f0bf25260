// The stylesheet's colours as the canvas needs them: computed, because light-dark() is settled by the browser.
export interface Palette {
  ink: string
  quietInk: string
  line: string
  surface: string
  series: string[]
  tone: (name: string) => string | undefined
  font: string
}

export function palette(): Palette {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const named = new Map<string, string>()
  for (const name of ['1', '2', '3', '4', '5', '6', 'quiet']) named.set(name, colour(`chart-${name}`))
  for (const name of ['good', 'warn', 'bad', 'brand']) named.set(name, colour(name))
  named.set('even', colour('surface-3'))
  const found: Palette = {
    ink: colour('ink'),
    quietInk: colour('ink-2'),
    line: colour('line'),
    surface: colour('surface'),
    series: ['1', '2', '3', '4', '5', '6'].map((name) => named.get(name)!),
    tone: (name) => named.get(name),
    font: getComputedStyle(document.body).fontFamily,
  }
  probe.remove()
  return found
}
