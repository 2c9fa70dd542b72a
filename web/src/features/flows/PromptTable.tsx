/** 提示音: every prompt in both languages, where it is used, whose recording it is. */
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Input, Select } from 'antd'
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { prompts, type Prompt, type PromptLanguage, type PromptUse } from '@/api/flows'
import { useMay } from '@/api/session'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { Listen } from './Listen'
import { PromptForm } from './PromptForm'

const LANGUAGES: PromptLanguage[] = ['zh', 'en']
const REFRESH_EVERY_MS = 10_000
type Which = 'all' | 'own' | 'used' | 'missing'
const WHICH: Which[] = ['all', 'own', 'used', 'missing']

export interface Line {
  name: string
  zh: Prompt | undefined
  en: Prompt | undefined
  uses: PromptUse[]
}

/** Prompts by name; names that flows play and nobody recorded are among them. */
export function linesOf(list: readonly Prompt[], uses: readonly PromptUse[]): Line[] {
  const names = [...new Set([...list.map((each) => each.name), ...uses.map((each) => each.prompt)])].sort()
  const by = new Map(list.map((each) => [`${each.name} ${each.language}`, each]))
  return names.map((name) => ({ name, zh: by.get(`${name} zh`), en: by.get(`${name} en`), uses: uses.filter((each) => each.prompt === name) }))
}

function isAmong(line: Line, which: Which): boolean {
  if (which === 'own') return line.zh?.is_own === true || line.en?.is_own === true
  if (which === 'used') return line.uses.length > 0
  return which === 'all' || line.zh === undefined || line.en === undefined
}

const seconds = (prompt: Prompt): string => (prompt.duration_ms / 1000).toFixed(1)

function Sound({ line, language, onReplace }: { line: Line; language: PromptLanguage; onReplace: (() => void) | null }): ReactElement {
  const { t } = useTranslation()
  const prompt = line[language]
  return (
    <div className="flow-line">
      {prompt === undefined ? <span className={line.uses.length > 0 && language === 'zh' ? 'flow-fault' : 'quiet'}>{t('flows.not_recorded')}</span> : (
        <>
          <Listen name={line.name} language={language} />
          <span className="figure">{t('flows.seconds', { seconds: seconds(prompt) })}</span>
          <span className={prompt.is_own ? 'flow-mark' : 'quiet'}>{t(prompt.is_own ? 'flows.own' : 'flows.shipped')}</span>
        </>
      )}
      {onReplace === null ? null : (
        <Button size="small" data-testid={`replace-${line.name}-${language}`} onClick={onReplace}>
          {t(prompt === undefined ? 'flows.record' : 'flows.replace')}
        </Button>
      )}
    </div>
  )
}

function Uses({ uses }: { uses: readonly PromptUse[] }): ReactElement {
  return (
    <>
      {uses.map((use, index) => (
        <span key={`${use.flow} ${use.node}`}>
          {index === 0 ? '' : ', '}
          <Link className="target" to={`/flows/${use.flow}?node=${encodeURIComponent(use.node)}`}>{`${use.flow}/${use.node}`}</Link>
        </span>
      ))}
    </>
  )
}

export function PromptTable(): ReactElement {
  const { t } = useTranslation()
  const mayEdit = useMay('flows.edit')
  const [search, setSearch] = useSearchParams()
  const [open, setOpen] = useState<{ name: string | null; language: PromptLanguage } | null>(null)
  const list = useQuery({ queryKey: ['prompts'], queryFn: prompts.list, refetchInterval: REFRESH_EVERY_MS, refetchOnWindowFocus: true })
  const uses = useQuery({ queryKey: ['prompt-uses'], queryFn: prompts.uses, refetchInterval: REFRESH_EVERY_MS })
  const lines = useMemo(() => linesOf(list.data ?? [], uses.data ?? []), [list.data, uses.data])
  const wanted = search.get('q') ?? ''
  const which = WHICH.find((each) => each === search.get('which')) ?? 'all'
  const shown = lines.filter((line) => line.name.includes(wanted.trim().toLowerCase()) && isAmong(line, which))
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search)
    if (value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const opened = open === null ? undefined : lines.find((line) => line.name === open.name)
  return (
    <>
      <div className="row" role="search" aria-label={t('flows.tab.prompts')}>
        {mayEdit ? (
          <Button type="primary" data-testid="prompt-new" onClick={() => setOpen({ name: null, language: 'zh' })}>
            {t('flows.new_prompt')}
          </Button>
        ) : null}
        <Input type="search" style={{ width: 220 }} aria-label={t('flows.find_prompt')} placeholder={t('flows.find_prompt')} value={wanted} data-testid="prompt-find" onChange={(event) => set('q', event.target.value)} />
        <Select<Which> style={{ width: 160 }} aria-label={t('flows.which')} value={which} onChange={(each) => set('which', each === 'all' ? '' : each)} options={WHICH.map((each) => ({ value: each, label: t(`flows.which.${each}`) }))} />
        <span className="quiet" role="status">{t('flows.prompt_count', { count: shown.length })}</span>
      </div>
      {list.isPending ? <Loading rows={8} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && shown.length === 0 ? <EmptyState title={t('flows.no_prompts')} /> : null}
      {shown.length === 0 ? null : (
        // What scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="scroll" tabIndex={0} role="region" aria-label={t('flows.tab.prompts')}>
          <table className="grid" data-testid="prompts">
            <thead>
              <tr>
                <th scope="col">{t('flows.column.prompt')}</th>
                {LANGUAGES.map((language) => <th key={language} scope="col">{t(`flows.language.${language}`)}</th>)}
                <th scope="col">{t('flows.column.used_by')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <tr key={line.name} data-testid={`prompt-${line.name}`}>
                  <td><code>{line.name}</code></td>
                  {LANGUAGES.map((language) => (
                    <td key={language}>
                      <Sound line={line} language={language} onReplace={mayEdit ? () => setOpen({ name: line.name, language }) : null} />
                    </td>
                  ))}
                  <td><Uses uses={line.uses} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Drawer title={open?.name ?? t('flows.new_prompt')} open={open !== null} onClose={() => setOpen(null)} destroyOnHidden>
        {open === null ? null : <PromptForm name={open.name} first={open.language} line={opened} names={lines.map((line) => line.name)} onDone={() => setOpen(null)} />}
      </Drawer>
    </>
  )
}
