import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { complete, type Option } from './option'
import { palette } from './palette'

use([
  BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart, DatasetComponent, GridComponent, LegendComponent,
  MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer,
])

const drawn = new Map<HTMLElement, ECharts>()
const calm = matchMedia('(prefers-reduced-motion: reduce)')

function optionOf(place: HTMLElement): Option {
  return JSON.parse(document.getElementById(`${place.id}-option`)?.textContent ?? '{}')
}

const sizes = new ResizeObserver((entries) => {
  for (const entry of entries) drawn.get(entry.target as HTMLElement)?.resize()
})

function paint(place: HTMLElement, chart: ECharts): void {
  chart.setOption({ ...complete(optionOf(place), palette(), place.clientWidth < 480), animation: !calm.matches }, true)
}

function draw(place: HTMLElement): void {
  const chart = init(place, null, { renderer: 'canvas' })
  drawn.set(place, chart)
  sizes.observe(place)
  paint(place, chart)
  // A point that says what it was counted from leads there; the table below holds the same links for the keyboard.
  chart.on('click', (event) => {
    const href = (event.data as { href?: string } | null)?.href
    if (href) location.assign(href)
  })
}

function forgetGone(): void {
  for (const [place, chart] of drawn) {
    if (place.isConnected) continue
    sizes.unobserve(place)
    chart.dispose()
    drawn.delete(place)
  }
}

export function drawAll(root: HTMLElement): void {
  forgetGone()
  for (const place of root.querySelectorAll<HTMLElement>('[data-chart] .chart-canvas')) if (!drawn.has(place)) draw(place)
}

export function redrawAll(): void {
  for (const [place, chart] of drawn) paint(place, chart)
}
