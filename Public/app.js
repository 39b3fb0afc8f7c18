// The reader's page. The part of the address after "#/" is the path and query of the API request
// that fills the page, so every view can be linked to, and "next" of a list is simply a link.
// Whatever comes from the server goes into the page as text or as a checked address, never as markup.

const main = document.getElementById('main')
const status = document.getElementById('status')
const raw = document.getElementById('raw')
const types = ['person', 'organization', 'place', 'work', 'other']
const seen = { source: new Set(), section: new Set() }
const names = new Map()          // entity ids met so far, with their names
let running = new AbortController()

// --- building elements

function h(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value == null || value === false) continue
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else element.setAttribute(key, value === true ? '' : value)
  }
  element.append(...children.flat(Infinity).filter(child => child != null && child !== false))
  return element
}

const list = value => Array.isArray(value) ? value : []
const seg = id => encodeURIComponent(String(id))
const link = (path, ...children) => h('a', { href: '#/' + path }, ...children)
const query = pairs => new URLSearchParams(pairs).toString()

/** A link to another site, or its plain text where the address is not one for the web. */
function outside(address, text) {
  try {
    const url = new URL(address)
    if (url.protocol === 'https:' || url.protocol === 'http:') return h('a', { href: url.href, rel: 'noopener external' }, text || url.hostname + url.pathname)
  } catch { /* shown as text */ }
  return String(text || address)
}

// --- entities named by an id alone, or by an object with id and name

const idOf = value => value && typeof value === 'object' ? value.id : value
const readable = id => String(id).split('-').map(word => /^(us|uk|un|eu|nato)$/.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
const nameOf = value => (value && typeof value === 'object' && value.name) || names.get(idOf(value)) || readable(idOf(value))
const typeOf = value => types.includes(value?.type) ? value.type : ''
const entityLink = value => link('entities/' + seg(idOf(value)), nameOf(value))

function remember(items) {
  for (const item of items) if (item && typeof item === 'object' && item.id != null && item.name) names.set(item.id, item.name)
}

// --- dates

const dayFormat = { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }
const format = (date, options) => new Intl.DateTimeFormat('en-GB', options).format(date)

/** A date of the precision it is written in: a year, a month, a day or an instant. */
function when(text, precision) {
  if (!text) return ''
  const date = new Date(text)
  if (isNaN(date)) return String(text)
  if (precision === 'year' || text.length === 4) return format(date, { year: 'numeric', timeZone: 'UTC' })
  if (precision === 'month' || text.length === 7) return format(date, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  if (precision === 'day' || text.length === 10) return format(date, dayFormat)
  return format(date, { ...dayFormat, hour: '2-digit', minute: '2-digit' }) + ' UTC'
}
const time = (text, precision) => text && h('time', { datetime: text }, when(text, precision))

function span(event) {
  const start = time(event.start, event.precision), days = [event.start, event.end].map(text => new Date(text))
  if (event.end && event.end !== event.start && [event.start, event.end].every(text => text.length === 10) && days[0] < days[1]) {
    return h('span', {}, new Intl.DateTimeFormat('en-GB', dayFormat).formatRange(...days))
  }
  if (event.end && event.end !== event.start) return h('span', {}, start, ' to ', time(event.end, event.precision))
  return h('span', {}, event.status === 'ongoing' ? 'since ' : '', start)
}

// --- text with its mentions, quotes and evidence

/** The nodes of a part of a text. Offsets count Unicode scalars, while a JavaScript string counts
 *  UTF-16 units; so the text comes as `Array.from` splits it, by scalars. */
function annotate(scalars, mentions, marks, from = 0, end = scalars.length) {
  const nodes = []
  const slice = (a, b) => scalars.slice(a, b).join('')
  const valid = range => Number.isInteger(range.offset) && range.length > 0 && range.offset >= 0 && range.offset + range.length <= scalars.length
  const links = mentions.filter(valid).sort((a, b) => a.offset - b.offset || b.length - a.length)
  const edges = [from, end]
  for (const mark of marks.filter(valid)) edges.push(mark.offset, mark.offset + mark.length)
  const cuts = [...new Set(edges.filter(at => at >= from && at <= end))].sort((a, b) => a - b)
  for (let i = 0; i + 1 < cuts.length; i++) {
    const inside = []
    let at = cuts[i]
    for (const mention of links) {
      const a = Math.max(mention.offset, at), b = Math.min(mention.offset + mention.length, cuts[i + 1])
      if (a >= b || mention.offset < at && mention.offset >= cuts[i]) continue
      inside.push(slice(at, a), h('a', { class: 'mention ' + typeOf(mention), href: '#/entities/' + seg(mention.entity) }, slice(a, b)))
      at = b
    }
    inside.push(slice(at, cuts[i + 1]))
    const over = marks.filter(mark => valid(mark) && mark.offset <= cuts[i] && mark.offset + mark.length >= cuts[i + 1])
    const kind = over.find(mark => mark.kind === 'evidence') || over[0]
    nodes.push(...(kind ? [h('mark', { class: kind.kind }, inside)] : inside))
  }
  return nodes
}

function paragraphs(text, mentions, marks) {
  const scalars = Array.from(text), result = []
  let at = 0
  for (const part of text.split(/(\n{2,})/)) {
    const length = Array.from(part).length
    if (part.trim()) result.push(h('p', {}, annotate(scalars, mentions, marks, at, at + length)))
    at += length
  }
  return result
}

// --- lists

function articleCard(article) {
  if (article.source?.name) seen.source.add(article.source.name)
  if (article.section) seen.section.add(article.section)
  remember(list(article.entities))
  const start = article.summary || Array.from(article.body || '').slice(0, 200).join('')
  return h('li', {},
    h('div', { class: 'meta' },
      article.section && link('articles?' + query({ section: article.section }), article.section),
      article.source?.name && link('articles?' + query({ source: article.source.name }), article.source.name),
      time(article.published, 'day')),
    h('h3', { dir: 'auto', lang: article.language }, link('articles/' + seg(article.id), article.headline || start.slice(0, 80) || 'Untitled')),
    article.headline && start && h('p', { dir: 'auto', lang: article.language }, start))
}

function eventItem(event) {
  const who = list(event.participants)
  remember([event.place, ...who])
  return h('li', { class: ['past', 'ongoing', 'planned'].includes(event.status) ? event.status : null },
    h('div', { class: 'meta' }, span(event), event.kind && h('span', {}, event.kind), event.status && event.status !== 'past' && h('span', {}, event.status)),
    h('h3', {}, link('events/' + seg(event.id), event.title || event.id)),
    h('div', { class: 'meta' },
      event.place && h('span', {}, entityLink(event.place)),
      who.length > 0 && h('span', {}, who.slice(0, 4).flatMap((one, i) => [i ? ', ' : '', entityLink(one)])),
      event.articles > 0 && h('span', {}, plural(event.articles, 'article'))))
}

function entityItem(entity) {
  remember([entity])
  return h('li', { class: typeOf(entity) },
    h('span', {}, entityLink(entity), ' ', h('span', { class: 'tag' }, entity.type)),
    h('span', { class: 'count' }, entity.count ?? entity.articles))
}

const plural = (count, word) => `${new Intl.NumberFormat('en').format(count)} ${word}${count === 1 ? '' : 's'}`
const kinds = {
  articles: { word: 'article', title: 'News', show: items => h('ul', { class: 'cards' }, items.map(articleCard)) },
  events: { word: 'event', title: 'Events', show: timeline },
  entities: { word: 'name', title: 'Who and where', show: items => h('ul', { class: 'names wide' }, items.map(entityItem)) },
}

function timeline(items) {
  const years = []
  for (const event of items) {
    const year = String(event.start || 'undated').slice(0, event.start ? 4 : undefined)
    if (years.at(-1)?.year !== year) years.push({ year, items: [] })
    years.at(-1).items.push(event)
  }
  return h('div', {}, years.map(({ year, items }) => [h('h2', {}, year), h('ol', { class: 'times' }, items.map(eventItem))]))
}

/** Links to the neighbouring pages. Only the query is taken, so that a proxy's prefix does not matter. */
function pages(page, path) {
  const to = (address, rel, text) => address && h('a', { rel, href: '#/' + path + new URL(address, document.baseURI).search }, text)
  return (page?.next || page?.prev) && h('nav', { class: 'pages', 'aria-label': 'Pages' }, to(page.prev, 'prev', '← Back'), to(page.next, 'next', 'More →'))
}

/** The first page of a list that belongs to an entity or an event. */
async function sub(title, path, signal) {
  const kind = kinds[path.split('/').pop()], heading = h('h2', {}, title)
  try {
    const { data, page } = await get(path, '', signal)
    if (!list(data).length) return null
    const items = kind === kinds.events ? h('ol', { class: 'times' }, data.map(eventItem)) : kind.show(data)
    return h('section', {}, heading, items, pages(page, path))
  } catch (error) {
    if (error.name === 'AbortError') throw error
    return h('section', {}, heading, problem(error))
  }
}

function filter(path, parameters) {
  const fields = path === 'articles' ? ['q', 'source', 'section'] : path === 'entities' ? ['q', 'type'] : []
  const without = (key, value) => query([...parameters].filter(([k, v]) => k !== 'cursor' && !(k === key && v === value)))
  const chips = [...parameters].filter(([key, value]) => value && !fields.includes(key) && !['cursor', 'limit'].includes(key))
    .map(([key, value]) => h('a', { class: 'chip', href: `#/${path}?${without(key, value)}`, 'aria-label': `Remove ${key} ${value}` }, `${key}: ${value} ×`))
  const control = name => {
    const value = parameters.get(name) || ''
    if (name === 'q') return h('label', {}, 'Search', h('input', { type: 'search', name, value, enterkeyhint: 'search' }))
    if (value) seen[name]?.add(value)
    const options = name === 'type' ? types : [...seen[name]].sort()
    return h('label', {}, name.charAt(0).toUpperCase() + name.slice(1),
      h('select', { name, onchange: event => event.target.form.requestSubmit() },
        h('option', { value: '' }, 'any'), options.map(option => h('option', { value: option, selected: option === value }, option))))
  }
  const submit = event => {
    event.preventDefault()
    const kept = [...parameters].filter(([key]) => !fields.includes(key) && key !== 'cursor')
    const asked = [...new FormData(event.target)].filter(([, value]) => value.trim())
    location.hash = `#/${path}?${query([...asked, ...kept])}`
  }
  return [
    fields.length > 0 && h('form', { class: 'filter', role: 'search', onsubmit: submit }, fields.map(control), h('button', {}, 'Search')),
    chips.length > 0 && h('div', { class: 'chips' }, chips)]
}

async function listView(path, search, signal) {
  const kind = kinds[path.split('/').pop()], top = !path.includes('/'), parameters = new URLSearchParams(search)
  let answer, error
  try { answer = await get(path, search, signal) } catch (thrown) { if (thrown.name === 'AbortError') throw thrown; error = thrown }
  const items = list(answer?.data), owner = !top && path.split('/').slice(0, 2)
  const shown = items.length ? kind.show(items) : !error && h('p', {}, 'Nothing found.')
  if (path === 'articles' && !search && items.length) shown.classList.add('front')
  const title = top ? kind.title : `${kind.title}: ${nameOf(decodeURIComponent(owner[1]))}`
  return {
    title,
    body: [h('h1', { tabindex: -1, class: path === 'articles' ? 'hidden' : null }, title), owner && h('p', {}, link(owner.join('/'), '← Back to the page')),
      filter(path, parameters), error && problem(error),
      search && answer?.page?.total != null && h('p', { class: 'count' }, plural(answer.page.total, kind.word)),
      shown, pages(answer?.page, path)],
  }
}

// --- single pages

async function articleView(path, parameters, signal) {
  const article = await get(path, '', signal)
  const entities = list(article.entities), quotes = list(article.quotes), events = list(article.events)
  remember(entities)
  const [field, offset, length] = (parameters.get('evidence') || '').split(':')
  const mentionsIn = name => entities.flatMap(entity => list(entity.mentions).filter(one => one.field === name).map(one => ({ ...one, entity: entity.id, type: entity.type })))
  const marksIn = name => [
    ...quotes.filter(quote => (quote.field || 'body') === name).map(quote => ({ ...quote, kind: 'quote' })),
    ...(field === name ? [{ offset: +offset, length: +length, kind: 'evidence' }] : [])]
  const text = name => annotate(Array.from(article[name]), mentionsIn(name), marksIn(name))
  return {
    title: article.headline || 'Article',
    body: [h('div', { class: 'two' },
      h('article', { class: 'story', lang: article.language, dir: 'auto' },
        h('div', { class: 'meta' },
          article.section && link('articles?' + query({ section: article.section }), article.section),
          article.located && h('span', {}, article.located), time(article.published)),
        article.headline && h('h1', { tabindex: -1 }, text('headline')),
        article.summary && h('p', { class: 'lead' }, text('summary')),
        h('div', { class: 'meta' },
          (article.byline || list(article.authors).length > 0) && h('span', {}, article.byline || article.authors.join(', ')),
          article.source?.name && h('span', {}, 'Source: ', article.source.url ? outside(article.source.url, article.source.name) : article.source.name),
          article.url && h('span', {}, outside(article.url, 'Original')),
          article.version > 1 && h('span', {}, 'Version ' + article.version)),
        article.body && h('div', { class: 'text' }, paragraphs(article.body, mentionsIn('body'), marksIn('body'))),
        h('div', { class: 'chips' }, list(article.keywords).map(word => h('a', { class: 'chip', href: '#/articles?' + query({ keyword: word }) }, word)))),
      h('aside', { 'aria-label': 'In this article' },
        events.length > 0 && [h('h2', {}, 'Events'), h('ol', { class: 'times' }, events.map(eventItem))],
        quotes.length > 0 && [h('h2', {}, 'Said'), quotes.map(quote => h('blockquote', {}, h('p', {}, '“' + quote.text + '”'), quote.speaker && h('footer', {}, entityLink(quote.speaker))))],
        entities.length > 0 && [h('h2', {}, 'Who and where'), h('ul', { class: 'names' }, entities.map(entity => entityItem({ ...entity, count: entity.count ?? (list(entity.mentions).length || null) })))]))],
    after: () => document.querySelector('mark.evidence')?.scrollIntoView({ block: 'center' }),
  }
}

const facts = pairs => h('dl', {}, pairs.filter(([, value]) => value != null && value !== '' && value !== false).map(([key, value]) => [h('dt', {}, key), h('dd', {}, value)]))
const joined = items => items.length > 0 && items.flatMap((item, i) => [i ? h('br') : '', item])

function position(point) {
  const [longitude, latitude] = list(point?.coordinates)
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return null
  return `${Math.abs(latitude).toFixed(2)}° ${latitude < 0 ? 'S' : 'N'}, ${Math.abs(longitude).toFixed(2)}° ${longitude < 0 ? 'W' : 'E'}`
}

async function entityView(path, parameters, signal) {
  const [entity, events, articles] = await Promise.all([get(path, '', signal), sub('Events', path + '/events', signal), sub('Articles', path + '/articles', signal)])
  remember([entity])
  return {
    title: entity.name, id: entity.id,
    body: [h('div', { class: 'meta ' + typeOf(entity) }, h('span', { class: 'tag' }, entity.type)),
      h('h1', { tabindex: -1 }, entity.name), entity.description && h('p', {}, entity.description),
      facts([
        ['Also', list(entity.aliases).join(', ')], ['Where', position(entity.location)], ['In', entity.articles != null && plural(entity.articles, 'article')],
        ['First seen', time(entity.firstSeen)], ['Last seen', time(entity.lastSeen)], ['See', joined(list(entity.sameAs).map(address => outside(address)))],
        ['Entered by', entity.origin]]),
      events, articles],
  }
}

async function eventView(path, parameters, signal) {
  const [event, articles] = await Promise.all([get(path, '', signal), sub('Articles', path + '/articles', signal)])
  const who = list(event.participants)
  const evidence = (Array.isArray(event.evidence) ? event.evidence : event.evidence ? [event.evidence] : []).filter(one => one.article)
  remember([event.place, ...who])
  return {
    title: event.title || event.id, id: event.id,
    body: [h('div', { class: 'meta' }, event.kind && h('span', {}, event.kind), event.status && h('span', {}, event.status)),
      h('h1', { tabindex: -1 }, event.title || event.id),
      facts([
        ['When', event.start && span(event)], ['Where', event.place && entityLink(event.place)],
        ['Who', joined(who.map(one => h('span', {}, entityLink(one), one.role ? ', ' + one.role : '')))],
        ['Told by', event.articles != null && plural(event.articles, 'article') + (event.sources != null ? ' from ' + plural(event.sources, 'source') : '')],
        ['Sure', typeof event.confidence === 'number' && Math.round(event.confidence * 100) + ' %']]),
      evidence.length > 0 && h('section', {}, h('h2', {}, 'Evidence'), evidence.map(one => h('blockquote', {},
        one.sentence && h('p', { dir: 'auto' }, one.sentence),
        h('footer', {}, link(`articles/${seg(idOf(one.article))}?evidence=${seg(one.field || 'body')}:${+one.offset}:${+one.length}`, 'Read it in the article'))))),
      articles],
  }
}

// --- asking the server

class Problem extends Error {
  constructor(status, body) {
    super(body?.title || 'The server answered ' + status)
    Object.assign(this, { status, detail: body?.detail, errors: list(body?.errors) })
  }
}

/** Asks for a path relative to this page, so that the page works under any prefix. */
async function get(path, search, signal) {
  let answer, body
  try {
    answer = await fetch(new URL(path + (search ? '?' + search : ''), document.baseURI), { signal, headers: { Accept: 'application/json' } })
    body = await answer.json()
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw answer ? new Problem(answer.status, answer.ok ? { title: 'The answer could not be read' } : null)
      : new Problem(0, { title: 'The server cannot be reached', detail: 'Check the connection and try again.' })
  }
  if (!answer.ok) throw new Problem(answer.status, body)
  return body
}

function problem(error) {
  return h('div', { class: 'problem', role: 'alert' },
    h('h2', {}, error.message, error.status ? h('code', {}, ' ' + error.status) : ''),
    error.detail && h('p', {}, error.detail),
    h('ul', {}, list(error.errors).map(one => h('li', {}, h('code', {}, one.parameter || one.pointer || one.code || ''), ' ', one.detail || ''))),
    h('p', {}, h('button', { type: 'button', onclick: route }, 'Try again')))
}

// --- going from page to page

const single = { articles: articleView, entities: entityView, events: eventView }

async function route() {
  running.abort()
  running = new AbortController()
  const { signal } = running
  const [path, search = ''] = (location.hash.replace(/^#\/?/, '') || 'articles').split(/\?(.*)/s)
  const parts = path.split('/')
  for (const item of document.querySelectorAll('header nav a')) {
    if (item.getAttribute('href') === '#/' + parts[0]) item.setAttribute('aria-current', 'page')
    else item.removeAttribute('aria-current')
  }
  main.setAttribute('aria-busy', 'true')
  let view
  try {
    const known = kinds[parts[0]] && parts.length < 4 && parts.every(part => part && !/^(\.|%2e){1,2}$/i.test(part)) && (!parts[2] || kinds[parts[2]])
    if (!known) throw new Problem(404, { title: 'There is no such page' })
    raw.href = new URL(path + (parts.length !== 2 && search ? '?' + search : ''), document.baseURI)
    view = parts.length === 2 ? await single[parts[0]](path, new URLSearchParams(search), signal) : await listView(path, search, signal)
    if (view.id != null && seg(view.id) !== parts[1]) history.replaceState(null, '', `#/${parts[0]}/${seg(view.id)}`)
  } catch (error) {
    if (error.name === 'AbortError') return
    view = { title: error.message, body: [h('h1', { class: 'hidden', tabindex: -1 }, error.message), problem(error)] }
  }
  if (signal.aborted) return
  main.replaceChildren(...view.body.flat(Infinity).filter(Boolean))
  main.removeAttribute('aria-busy')
  document.title = parts.length === 1 && parts[0] === 'articles' ? 'Dateline' : view.title + ' · Dateline'
  status.textContent = view.title
  if (route.moved) { scrollTo(0, 0); main.querySelector('h1')?.focus({ preventScroll: true }) }
  route.moved = true
  view.after?.()
}

document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault()     // the address after # belongs to the view
  main.focus()
})
addEventListener('hashchange', route)
route()
