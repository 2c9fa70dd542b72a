/** A list of people is brought: template, a look at each line, taken in, first passwords at the end. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Progress } from 'antd'
import { useRef, useState, type ChangeEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiProblem } from '@/api/client'
import { staff, type ListPlan, type ListProgress, type ListResult } from '@/api/staff'
import { announce } from '@/ui/announce'
import { isEnglish } from '@/ui/format'
import { problemText } from '@/ui/problems'
import { useCommand } from '@/ui/useCommand'

import { saveFile } from './files'
import { ImportDone } from './ImportDone'
import { ImportPlan } from './ImportPlan'

const WIDTH = 860
/** How much of the work each step is, in percent, and what was done before it. */
const SHARES: Record<ListProgress['step'], [before: number, share: number]> = {
  passwords: [0, 40],
  places: [40, 25],
  people: [65, 25],
  in_force: [90, 10],
}

function percent({ step, done, of }: ListProgress): number {
  const [before, share] = SHARES[step]
  return Math.round(before + (of === 0 ? share : (share * done) / of))
}

function Templates(): ReactElement {
  const { t, i18n } = useTranslation()
  const fetch = useCommand(async (format: 'xlsx' | 'csv') => {
    const { content } = await staff.template(format, isEnglish(i18n.language) ? 'en' : 'zh')
    saveFile(content, `${t('people.template_name')}.${format}`)
  })
  return (
    <div className="row">
      <Button onClick={() => void fetch.run('xlsx')} data-testid="template-xlsx">
        {t('people.template', { format: 'XLSX' })}
      </Button>
      <Button onClick={() => void fetch.run('csv')} data-testid="template-csv">
        {t('people.template', { format: 'CSV' })}
      </Button>
    </div>
  )
}

export function ImportDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const picker = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [plan, setPlan] = useState<ListPlan | null>(null)
  const [progress, setProgress] = useState<ListProgress | null>(null)
  const [result, setResult] = useState<ListResult | null>(null)
  const [problem, setProblem] = useState<unknown>(null)

  const look = async (chosen: File): Promise<void> => {
    setFile(chosen)
    setPlan(null)
    setProblem(null)
    try {
      setPlan(await staff.checkList(chosen))
    } catch (error) {
      setProblem(error)
    }
  }
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = event.target.files?.[0]
    // The same file can be chosen again once it was mended.
    event.target.value = ''
    if (chosen !== undefined) void look(chosen)
  }
  const take = async (onlyGood: boolean): Promise<void> => {
    if (file === null) return
    setProblem(null)
    setProgress({ step: 'passwords', done: 0, of: 1 })
    try {
      let isOver = false
      await staff.takeList(file, onlyGood, (said) => {
        if ('problem' in said) throw new ApiProblem(409, said.problem)
        if ('result' in said) {
          isOver = true
          setResult(said.result)
          announce(t('people.list_taken'))
        } else setProgress(said)
      })
      if (!isOver) throw new ApiProblem(0, { code: 'server_unreachable' })
    } catch (error) {
      setProblem(error)
    }
    setProgress(null)
    void client.invalidateQueries({ queryKey: ['people'] })
  }
  const isBusy = progress !== null
  // First passwords are seen once: the result is left by its own button.
  const isFree = !isBusy && result === null
  return (
    <Drawer open onClose={onClose} closable={isFree} mask={{ closable: isFree }} keyboard={isFree} title={t('people.import')} size={WIDTH} data-testid="import-drawer">
      <div className="stack">
        {result === null ? (
          <>
            <p>{t('people.import_about')}</p>
            <Templates />
            <div className="row">
              <input ref={picker} type="file" hidden accept=".xlsx,.csv" onChange={pick} data-testid="import-file" />
              <Button type={plan === null ? 'primary' : 'default'} disabled={isBusy} onClick={() => picker.current?.click()} data-testid="import-pick">
                {file === null ? t('people.pick') : t('people.pick_again')}
              </Button>
              {file === null ? null : <span className="quiet">{file.name}</span>}
            </div>
          </>
        ) : (
          <ImportDone result={result} onDone={onClose} />
        )}
        {problem === null ? null : (
          <div className="error-box" role="alert" data-testid="import-problem">
            <span aria-hidden="true">■ </span>
            {problemText(problem)}
          </div>
        )}
        {progress === null ? null : (
          <div role="status">
            {t(`people.step.${progress.step}`)}
            <Progress percent={percent(progress)} aria-label={t('people.import')} />
          </div>
        )}
        {plan === null || result !== null || isBusy ? null : <ImportPlan plan={plan} onTake={(onlyGood) => void take(onlyGood)} />}
      </div>
    </Drawer>
  )
}
