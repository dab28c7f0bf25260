// Builds everything in src/ into the program's static folder. Committed, so nobody needs Node to run Frontstage.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, '../src/frontstage/web/static/dist')
const modules = join(here, 'node_modules')

// The address of a built file carries the hash of its content, so browsers may keep it for ever.
const files = {}
const built = new Map()
function put(name, content) {
  const bytes = Buffer.from(content)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  files[name] = `${basename(name, extname(name))}.${hash}${extname(name)}`
  built.set(files[name], bytes)
}

function walk(folder) {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? walk(path) : [path]))
}

// sha256 over sorted relative paths and contents; tests/check.py computes the same to see that the bundles are fresh.
function hashOfSources() {
  const paths = [...walk(join(here, 'src')), ...['package.json', 'package-lock.json', 'build.mjs'].map((n) => join(here, n))]
  const named = paths.map((path) => [relative(here, path).split(sep).join('/'), path])
  const digest = createHash('sha256')
  for (const [name, path] of named.sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    digest.update(name).update('\0').update(readFileSync(path)).update('\0')
  }
  return digest.digest('hex')
}

async function styles(name) {
  const compiled = sass.compile(join(here, 'src/styles', `${name}.scss`), {
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions'],
    style: 'expanded',
  })
  const squeezed = await esbuild.transform(compiled.css, { loader: 'css', minify: true, target: ['chrome123', 'firefox120', 'safari17.5'] })
  put(`${name}.css`, squeezed.code)
}

async function scripts(name, extra = {}) {
  const built = await esbuild.build({
    entryPoints: [join(here, 'src', `${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2022'],
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    ...extra,
  })
  put(`${name}.js`, built.outputFiles[0].contents)
}

function icons() {
  const wanted = JSON.parse(readFileSync(join(here, 'src/icons.json'), 'utf8'))
  const drawn = {}
  for (const name of wanted) {
    const [folder, file] = name.endsWith('-filled') ? ['filled', name.slice(0, -7)] : ['outline', name]
    const svg = readFileSync(join(modules, '@tabler/icons/icons', folder, `${file}.svg`), 'utf8')
    drawn[name] = svg
      .replace(/^[\s\S]*?<svg[^>]*>/, '')
      .replace('</svg>', '')
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
      .replace(/\s*\n\s*/g, '')
  }
  built.set('icons.json', Buffer.from(JSON.stringify(drawn, null, 0).replaceAll('","', '",\n"') + '\n'))
}

icons()
put('mark.svg', readFileSync(join(here, 'src/mark.svg')))
await Promise.all([styles('shell'), styles('survey'), scripts('scheme'), scripts('shell'), scripts('charts'), scripts('survey')])
const sorted = Object.fromEntries(Object.entries(files).sort())
built.set('manifest.json', Buffer.from(JSON.stringify({ files: sorted, sources: hashOfSources() }, null, 2) + '\n'))
// Only now, when everything has been built, is the old build replaced.
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
for (const [name, bytes] of built) writeFileSync(join(out, name), bytes)
for (const [name, hashed] of Object.entries(sorted)) {
  console.log(name.padEnd(12), `${(statSync(join(out, hashed)).size / 1024).toFixed(0)} KiB`)
}
