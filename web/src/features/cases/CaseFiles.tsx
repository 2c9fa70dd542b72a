/** 附件: the files of a work order; one that was not taken stays on the list with its reason. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseFiles, type Case, type CaseFile } from '@/api/cases'
import { useZone } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { MOST_BYTES, sizeText } from '@/shared/cases/newFiles'
import { shortDateTime } from '@/ui/format'
import { useProblemText } from '@/ui/problems'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { caseKey } from './useCase'

const FROZEN = new Set<Case['state']>(['archived', 'withdrawn'])
const SHOWN = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/gif', 'image/webp'])

function FileLine({ it, file, onGone }: { it: Case; file: CaseFile; onGone: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [isRemoving, setRemoving] = useState(false)
  const remove = useCommand(async (reason: string) => {
    await caseFiles.remove(it.id, file.id, reason)
    setRemoving(false)
    onGone()
  })
  const isShown = SHOWN.has(file.kind)
  return (
    <li data-testid={`file-${file.id}`}>
      <span className="row">
        <a href={caseFiles.path(it.id, file.id, isShown)} {...(isShown ? { target: '_blank', rel: 'noreferrer' } : { download: file.name })}>
          {file.name}
        </a>
        <span className="quiet figure">
          {sizeText(file.bytes)} · {file.by_name} · {shortDateTime(file.at, i18n.language, zone)}
        </span>
        <span className="grow" />
        {isShown ? (
          <a href={caseFiles.path(it.id, file.id, false)} download={file.name} aria-label={t('casework.file_download', { name: file.name })}>
            ↓
          </a>
        ) : null}
        {file.removable ? (
          <Button size="small" onClick={() => setRemoving(true)} data-testid={`file-remove-${file.id}`}>
            {t('casework.file_remove')}
          </Button>
        ) : null}
      </span>
      {isRemoving ? (
        <div role="group" aria-label={t('casework.file_remove_why', { name: file.name })}>
          <ReasonForm submitLabel={t('casework.file_remove')} danger onSubmit={(reason) => remove.run(reason)} onCancel={() => setRemoving(false)} />
        </div>
      ) : null}
    </li>
  )
}

export function CaseFiles({ it }: { it: Case }): ReactElement {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const client = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [failures, setFailures] = useState<readonly string[]>([])
  const found = useQuery({ queryKey: [...caseKey(it.id), 'files'], queryFn: () => caseFiles.of(it.id) })
  const again = (): void => {
    void client.invalidateQueries({ queryKey: [...caseKey(it.id), 'files'] })
    void client.invalidateQueries({ queryKey: [...caseKey(it.id), 'story'] })
  }
  const add = async (files: readonly File[]): Promise<void> => {
    const failed: string[] = []
    setBusy(true)
    for (const file of files) {
      if (file.size > MOST_BYTES) failed.push(t('casework.file_too_big', { name: file.name }))
      else {
        // One after the other, so that they stand in the order in which they were chosen.
        // oxlint-disable-next-line no-await-in-loop
        await caseFiles.add(it.id, file).catch((error: unknown) => failed.push(t('casework.file_failed', { name: file.name, why: textOf(error) })))
      }
    }
    setBusy(false)
    setFailures(failed)
    again()
  }
  return (
    <section className="panel" aria-label={t('casework.files')} data-testid="case-files">
      <div className="row story-head">
        <h2>{t('casework.files')}</h2>
        <span className="grow" />
        {FROZEN.has(it.state) ? null : (
          <>
            <input
              ref={field}
              type="file"
              multiple
              hidden
              aria-label={t('casework.file_add')}
              data-testid="file-field"
              onChange={(event) => {
                const chosen = [...(event.target.files ?? [])]
                event.target.value = ''
                void add(chosen)
              }}
            />
            <Button size="small" loading={isBusy} onClick={() => field.current?.click()} data-testid="file-add">
              {t('casework.file_add')}
            </Button>
          </>
        )}
      </div>
      {found.isPending ? <Loading rows={1} /> : null}
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.length === 0 ? (
        <p className="quiet">
          {t('casework.files_none')} {FROZEN.has(it.state) ? '' : t('casework.files_about')}
        </p>
      ) : null}
      <ul className="case-related">
        {(found.data ?? []).map((file) => (
          <FileLine key={file.id} it={it} file={file} onGone={again} />
        ))}
      </ul>
      {failures.length === 0 ? null : (
        <ul role="alert" className="formspec-fault" data-testid="file-failures">
          {failures.map((why) => (
            <li key={why}>
              <span aria-hidden="true">■ </span>
              {why}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
