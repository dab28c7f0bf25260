// Draws every <figure data-chart> of a page, and again when htmx brings one or the colours change.
import { drawAll, redrawAll } from './charts/draw'

drawAll(document.body)
document.addEventListener('htmx:load', (event) => drawAll((event as CustomEvent).detail.elt as HTMLElement))
document.addEventListener('frontstage:scheme', redrawAll)
window.addEventListener('beforeprint', redrawAll)
