/** The page behind a survey's link: plain elements, no sign-in, nothing of the desktop comes along. */
import type { components } from '@/api/schema.generated'

import { element, isAsked, missing, question, type Answers } from './fields'
import './survey.css'
import { WORDS, type Language } from './words'

type Sheet = components['schemas']['SurveySheetOut']
type Problem = { code?: string; facts?: Record<string, string> }
type Message = 'thanks' | 'answered' | 'expired' | 'unknown'

const token = location.pathname.split('/').filter((part) => part !== '').at(-1) ?? ''
const path = `/api/public/surveys/${encodeURIComponent(token)}`
const CODES: Record<string, Message> = { survey_not_found: 'unknown', survey_answered: 'answered', survey_expired: 'expired' }

let language: Language = navigator.language.startsWith('zh') ? 'zh' : 'en'
let sheet: Sheet | null = null
let message: Message | null = null
let isAway = false
let isSending = false
let faults: Record<string, string> = {}
const answers: Answers = {}

function head(): HTMLElement {
  const centre = sheet === null ? '' : language === 'en' ? sheet.centre_en : sheet.centre
  const title = sheet === null ? WORDS[language].title : language === 'en' ? sheet.title_en : sheet.title
  const other = element('button', { type: 'button', className: 'quiet-button', lang: language === 'en' ? 'zh-CN' : 'en', dataset: { testid: 'language' } }, WORDS[language].other)
  other.addEventListener('click', () => {
    language = language === 'en' ? 'zh' : 'en'
    show()
  })
  document.title = [title, centre].filter((part) => part !== '').join(' · ')
  return element('header', {}, element('div', {}, element('p', { className: 'centre' }, centre), element('h1', {}, title)), other)
}

function said(which: Message): HTMLElement {
  const words = WORDS[language]
  return element('section', { className: 'message', dataset: { testid: `message-${which}` } }, element('h2', {}, words[which]), element('p', {}, words[`${which}_why`]))
}

function away(again: () => void): HTMLElement {
  const button = element('button', { type: 'button' }, WORDS[language].again)
  button.addEventListener('click', again)
  return element('div', { className: 'fault', role: 'alert' }, `■ ${WORDS[language].unreachable} `, ...(sheet === null ? [button] : []))
}

function form(current: Sheet): HTMLElement {
  const button = element('button', { type: 'submit', className: 'send', disabled: isSending, dataset: { testid: 'send' } }, WORDS[language].send)
  const made = element('form', { noValidate: true })
  for (const item of current.items) {
    if (!isAsked(current.items, item, answers)) continue
    made.append(
      question(item, language, answers, faults[item.name] ?? null, (answer) => {
        if (answer === undefined) delete answers[item.name]
        else answers[item.name] = answer
        const wasFaulty = item.name in faults
        delete faults[item.name]
        // Typing keeps its place; a choice may bring other questions.
        if (wasFaulty || current.items.some((each) => item.name in (each.shown_if ?? {}))) show(item.name)
      }),
    )
  }
  if (isAway) made.append(away(() => undefined))
  made.append(button)
  made.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(current)
  })
  return made
}

function show(focus = ''): void {
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN'
  const place = document.getElementById('survey')
  if (place === null) return
  const content = message !== null ? [said(message)] : sheet !== null ? [form(sheet)] : isAway ? [away(() => void load())] : []
  place.replaceChildren(head(), ...content)
  if (focus !== '') {
    const box = place.querySelector(`[data-testid="item-${focus}"]`)
    box?.querySelector<HTMLElement>('input:checked, textarea, input')?.focus()
  }
}

async function send(current: Sheet): Promise<void> {
  if (isSending) return
  const open = missing(current.items, answers)
  faults = Object.fromEntries(open.map((name) => [name, 'required']))
  if (open[0] !== undefined) return show(open[0])
  isSending = true
  show()
  const asked = Object.fromEntries(current.items.filter((item) => isAsked(current.items, item, answers) && answers[item.name] !== undefined).map((item) => [item.name, answers[item.name]]))
  try {
    const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ answers: asked }) })
    const problem = answer.ok ? {} : ((await answer.json()) as Problem)
    isAway = !answer.ok && problem.code !== 'answers_refused' && !((problem.code ?? '') in CODES)
    if (answer.ok) message = 'thanks'
    else if (problem.code === 'answers_refused') faults = problem.facts ?? {}
    else message = CODES[problem.code ?? ''] ?? null
  } catch {
    isAway = true
  }
  isSending = false
  show()
}

async function load(): Promise<void> {
  isAway = false
  try {
    const answer = await fetch(path)
    if (answer.ok) {
      sheet = (await answer.json()) as Sheet
      if (!navigator.languages.some((each) => /^(zh|en)/.test(each))) language = sheet.language === 'en' ? 'en' : 'zh'
      message = sheet.state === 'answered' ? 'answered' : sheet.items.length === 0 ? 'expired' : null
    } else if (answer.status === 404) message = 'unknown'
    else isAway = true
  } catch {
    isAway = true
  }
  show()
}

await load()
