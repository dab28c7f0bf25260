// Completes the plain option that the server sends: house colours, fonts, axes, number formats, error bars.
import { interval } from './interval'
import type { Palette } from './palette'

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Option = Record<string, any>

const language = document.documentElement.lang

function formatter(kind: string | undefined): (value: number) => string {
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const signed = new Intl.NumberFormat(language, { signDisplay: 'exceptZero', maximumFractionDigits: 2 })
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
  const chosen = kind === 'percent' ? percent : kind === 'signed' ? signed : plain
  return (value) => chosen.format(value).replace('-', '−')
}

function axis(given: Option | Option[] | undefined, colours: Palette, say: (value: number) => string): unknown {
  if (Array.isArray(given)) return given.map((one) => axis(one, colours, say))
  if (!given) return given
  const category = given.type === 'category'
  return {
    axisTick: { show: false },
    ...given,
    nameTextStyle: { color: colours.quietInk, ...given.nameTextStyle },
    axisLine: { show: category, lineStyle: { color: colours.line }, ...given.axisLine },
    splitLine: { show: !category, lineStyle: { color: colours.line }, ...given.splitLine },
    axisLabel: {
      color: colours.quietInk,
      hideOverlap: true,
      ...(given.type === 'value' ? { formatter: say } : category ? { width: 110, overflow: 'break' } : {}),
      ...given.axisLabel,
    },
  }
}

function coloured(one: Option, place: number, colours: Palette, horizontal: boolean): Option {
  const { tone, ...rest } = one
  const colour = (tone && colours.tone(String(tone))) ?? one.color ?? colours.series[place % colours.series.length]
  const drawn: Option = { color: colour, ...rest }
  if (one.type === 'bar') {
    drawn.barMaxWidth ??= 30
    drawn.itemStyle = { borderRadius: horizontal ? [0, 4, 4, 0] : [4, 4, 0, 0], ...one.itemStyle }
  }
  if (one.type === 'line') {
    drawn.symbolSize ??= 7
    drawn.lineStyle = { width: 2.5, ...one.lineStyle }
  }
  if (one.type === 'scatter') drawn.symbolSize ??= 11
  if (one.type === 'heatmap') drawn.itemStyle = { borderColor: colours.surface, borderWidth: 2, borderRadius: 4, ...one.itemStyle }
  if (one.type === 'custom' && one.renderItem === 'interval') Object.assign(drawn, interval(colour, horizontal))
  if (one.markLine) {
    drawn.markLine = {
      symbol: 'none',
      lineStyle: { color: colours.quietInk, type: 'dashed' },
      label: { color: colours.quietInk },
      ...one.markLine,
    }
  }
  return drawn
}

export function complete(option: Option, colours: Palette, narrow: boolean): Option {
  const { values, ...given } = option
  const say = formatter(values)
  const horizontal = given.yAxis?.type === 'category' && given.xAxis?.type !== 'category'
  const series: Option[] = given.series ?? []
  const named = series.filter((one) => one.name && one.type !== 'custom')
  const legend = given.legend ?? (named.length > 1 ? { data: named.map((one) => one.name) } : undefined)
  return {
    ...given,
    color: colours.series,
    textStyle: { fontFamily: colours.font, color: colours.ink },
    grid: { containLabel: true, left: 4, right: 16, top: legend ? 40 : 16, bottom: given.visualMap ? 44 : 4, ...given.grid },
    legend: legend && {
      top: 0,
      left: 0,
      type: narrow ? 'scroll' : 'plain',
      icon: 'roundRect',
      itemWidth: 12,
      itemHeight: 12,
      textStyle: { color: colours.quietInk },
      pageIconColor: colours.quietInk,
      pageIconInactiveColor: colours.line,
      pageTextStyle: { color: colours.quietInk },
      ...legend,
    },
    tooltip: {
      renderMode: 'richText', // an HTML pointer would need inline styles, which the security policy refuses
      trigger: series.some((one) => ['heatmap', 'scatter', 'custom'].includes(one.type)) ? 'item' : 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: colours.line, opacity: 0.35 } },
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontFamily: colours.font },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? say(value) : String(value ?? '–')),
      confine: true,
      ...given.tooltip,
    },
    visualMap: given.visualMap && {
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      calculable: false,
      itemWidth: 12,
      itemHeight: 120,
      formatter: (value: number) => say(value),
      textStyle: { color: colours.quietInk },
      inRange: { color: [colours.tone('2'), colours.tone('even'), colours.tone('1')] },
      ...given.visualMap,
    },
    xAxis: axis(given.xAxis, colours, say),
    yAxis: axis(given.yAxis, colours, say),
    series: series.map((one, place) => coloured(one, place, colours, horizontal)),
  }
}
