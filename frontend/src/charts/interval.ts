// Error bars: data [category, low, high]; a line between the two with a short cap at each end.
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts'

const CAP = 6

export function interval(colour: string, horizontal: boolean): Record<string, unknown> {
  return {
    z: 5,
    encode: horizontal ? { y: 0, x: [1, 2], tooltip: [1, 2] } : { x: 0, y: [1, 2], tooltip: [1, 2] },
    renderItem: (_params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const at = api.value(0)
      const [low, high] = [api.value(1), api.value(2)].map((value) => api.coord(horizontal ? [value, at] : [at, value]))
      const style = { stroke: colour, lineWidth: 2 }
      const line = (from: number[], to: number[]) => ({
        type: 'line' as const,
        shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
        style,
      })
      const cap = (end: number[]) =>
        horizontal
          ? line([end[0], end[1] - CAP], [end[0], end[1] + CAP])
          : line([end[0] - CAP, end[1]], [end[0] + CAP, end[1]])
      return { type: 'group', children: [line(low, high), cap(low), cap(high)] }
    },
  }
}
