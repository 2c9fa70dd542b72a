/** 附件 of a new work order: chosen before it is made, uploaded after; what failed is tried again here. */
import { Button, Progress } from 'antd'
import { useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Case } from '@/api/cases'
import { useProblemText } from '@/ui/problems'

import { MOST_FILES, sizeText, type ChosenFile, type NewFiles } from './newFiles'

const SHAPES: Readonly<Record<ChosenFile['state'], string>> = { waiting: '○', going: '▶', done: '✓', failed: '■' }
const WHOLE = 100

const bytes = (some: readonly ChosenFile[]): number => some.reduce((sum, { file }) => sum + file.size, 0)

function Faults({ files }: { files: NewFiles }): ReactElement | null {
  const { t } = useTranslation()
  const faults = [...files.tooBig.map((name) => t('cases.file_too_big', { name })), ...(files.isFull ? [t('cases.files_most', { most: MOST_FILES })] : [])]
  if (faults.length === 0) return null
  return (
    <ul role="alert" className="formspec-fault new-case-files" data-testid="new-case-file-faults">
      {faults.map((fault) => (
        <li key={fault}>
          <span aria-hidden="true">■ </span>
          {fault}
        </li>
      ))}
    </ul>
  )
}

function Chosen({ files, mayTakeOut }: { files: NewFiles; mayTakeOut: boolean }): ReactElement | null {
  const { t } = useTranslation()
  const textOf = useProblemText()
  if (files.chosen.length === 0) return null
  return (
    <ul className="new-case-files" aria-label={t('cases.files')} data-testid="new-case-files">
      {files.chosen.map(({ key, file, state, error }) => (
        <li key={key} className="row" data-state={state}>
          <span className="grow new-case-file">
            {mayTakeOut ? null : (
              <span className={state === 'failed' ? 'over' : undefined}>
                <span aria-hidden="true">{SHAPES[state]} </span>
                <span className="screen-reader">{t(`cases.file_state.${state}`)} </span>
              </span>
            )}
            {file.name} <span className="quiet figure">{sizeText(file.size)}</span>
            {state === 'failed' ? <span className="over"> {textOf(error)}</span> : null}
          </span>
          {mayTakeOut ? (
            <Button size="small" aria-label={t('cases.file_take_out', { name: file.name })} onClick={() => files.takeOut(key)}>
              ✕
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** While it is written. */
export function FilesToCome({ files, isBusy }: { files: NewFiles; isBusy: boolean }): ReactElement {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  return (
    <div className="formspec-item" role="group" aria-label={t('cases.files')}>
      <span className="row">
        <span className="formspec-name">{t('cases.files')}</span>
        <input
          ref={field}
          type="file"
          multiple
          hidden
          aria-label={t('cases.file_add')}
          data-testid="new-case-file-field"
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])]
            event.target.value = ''
            files.choose(chosen)
          }}
        />
        <Button size="small" disabled={isBusy} onClick={() => field.current?.click()} data-testid="new-case-file-add">
          {t('cases.file_add')}
        </Button>
      </span>
      <p className="quiet formspec-help">{files.chosen.length === 0 ? t('cases.files_about') : t('cases.files_not_kept')}</p>
      <Chosen files={files} mayTakeOut={!isBusy} />
      <Faults files={files} />
    </div>
  )
}

interface FilesGoingProps {
  made: Pick<Case, 'number'>
  files: NewFiles
  isBusy: boolean
  onAgain: () => void
  /** Without those that failed. */
  onLeave: () => void
}

/** When it is made: how far its files are, and what can be done about those that failed. */
export function FilesGoing({ made, files, isBusy, onAgain, onLeave }: FilesGoingProps): ReactElement {
  const { t } = useTranslation()
  const done = files.chosen.filter((each) => each.state === 'done')
  const whole = bytes(files.chosen)
  return (
    <div className="new-case stack" data-testid="new-case-going">
      <p role="status">
        <span aria-hidden="true">✓ </span>
        {t('cases.made', { number: made.number })}
      </p>
      {isBusy ? (
        <>
          <p className="quiet" role="status" data-testid="new-case-files-progress">
            {t('cases.files_going', { done: done.length, whole: files.chosen.length })}
          </p>
          <Progress percent={whole === 0 ? 0 : Math.round((bytes(done) / whole) * WHOLE)} size="small" aria-label={t('cases.files')} />
        </>
      ) : (
        <p className="over" role="alert" data-testid="new-case-files-failed">
          <span aria-hidden="true">■ </span>
          {t('cases.files_failed', { count: files.chosen.length - done.length })}
        </p>
      )}
      <Chosen files={files} mayTakeOut={false} />
      <div className="row">
        <Button type="primary" loading={isBusy} onClick={onAgain} data-testid="new-case-files-again">
          {t('cases.files_again')}
        </Button>
        <Button disabled={isBusy} onClick={onLeave} data-testid="new-case-files-leave">
          {t('cases.files_leave')}
        </Button>
      </div>
    </div>
  )
}
