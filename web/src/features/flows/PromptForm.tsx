/** Record a prompt with the microphone, or take a file; hear it, then replace what is there. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Popconfirm, Segmented } from 'antd'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { prompts, type PromptLanguage } from '@/api/flows'
import { announce } from '@/ui/announce'
import { useProblemText } from '@/ui/problems'
import { useCommand } from '@/ui/useCommand'

import { Listen } from './Listen'
import type { Line } from './PromptTable'
import { LONGEST_MS, record, toWav, type Recording } from './sound'

const NAME = /^[a-z0-9_]{1,60}$/
const ACCEPTED = 'audio/*,.wav,.mp3,.m4a,.ogg'

function Recorder({ onSound, onError }: { onSound: (wav: Blob) => void; onError: (error: unknown) => void }): ReactElement {
  const { t } = useTranslation()
  const [isRunning, setRunning] = useState(false)
  const running = useRef<Recording | null>(null)
  const limit = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(
    () => () => {
      clearTimeout(limit.current)
      running.current?.cancel()
    },
    [],
  )
  const stop = async (): Promise<void> => {
    const made = running.current
    running.current = null
    clearTimeout(limit.current)
    setRunning(false)
    if (made === null) return
    try {
      onSound(await toWav(await made.stop()))
    } catch (error) {
      onError(error)
    }
  }
  const begin = async (): Promise<void> => {
    try {
      running.current = await record()
      setRunning(true)
      limit.current = setTimeout(() => void stop(), LONGEST_MS)
    } catch {
      onError({ code: 'no_microphone', facts: {} })
    }
  }
  return !isRunning ? (
    <Button data-testid="record-start" onClick={() => void begin()}>● {t('flows.record_start')}</Button>
  ) : (
    <Button danger data-testid="record-stop" onClick={() => void stop()}>■ {t('flows.record_stop')}</Button>
  )
}

export interface PromptFormProps {
  /** Null: a new one. */
  name: string | null
  first: PromptLanguage
  line: Line | undefined
  names: readonly string[]
  onDone: () => void
}

export function PromptForm({ name, first, line, names, onDone }: PromptFormProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useProblemText()
  const [wanted, setWanted] = useState(name ?? '')
  const [language, setLanguage] = useState<PromptLanguage>(first)
  const [sound, setSound] = useState<Blob | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isReading, setReading] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const isTaken = name === null && names.includes(wanted)
  const isWrong = !NAME.test(wanted)
  const current = line?.[language]
  const heard = (wav: Blob): void => {
    setError(null)
    setSound(wav)
  }
  const refresh = () => Promise.all(['prompts', 'flow-check'].map((key) => client.invalidateQueries({ queryKey: [key] })))
  const save = useCommand(async () => {
    if (sound === null) return
    try {
      await prompts.replace(wanted, language, sound)
    } catch (refusal) {
      setError(refusal)
      return
    }
    await refresh()
    announce(t('flows.prompt_saved', { name: wanted }))
    onDone()
  })
  const drop = useCommand(async () => {
    await prompts.drop(wanted, language)
    await refresh()
    onDone()
  })
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return
    setError(null)
    setSound(null)
    setReading(true)
    try {
      heard(await toWav(chosen))
    } catch (refusal) {
      setError(refusal)
    } finally {
      setReading(false)
      // The same file, mended, may be chosen again.
      if (file.current !== null) file.current.value = ''
    }
  }
  return (
    <div className="stack" data-testid="prompt-form">
      {name === null ? (
        <label className="flow-field">
          <span className="flow-label">{t('flows.prompt_name')}</span>
          <Input maxLength={60} value={wanted} status={wanted !== '' && (isTaken || isWrong) ? 'error' : undefined} data-testid="prompt-name" onChange={(event) => setWanted(event.target.value)} />
          <span className="quiet">{isTaken ? t('flows.name_taken') : t('flows.prompt_name_why')}</span>
        </label>
      ) : null}
      <Segmented<PromptLanguage> value={language} aria-label={t('flows.prompt_language')} onChange={setLanguage} options={[{ value: 'zh', label: t('flows.language.zh') }, { value: 'en', label: t('flows.language.en') }]} />
      {current === undefined ? null : (
        <div className="flow-line">
          {t('flows.now_played')} <Listen name={wanted} language={language} />
          <span className="quiet">{t(current.is_own ? 'flows.own' : 'flows.shipped')}</span>
        </div>
      )}
      <div className="row">
        <Recorder onSound={heard} onError={setError} />
        <Button data-testid="prompt-upload" loading={isReading} onClick={() => file.current?.click()}>{t('flows.upload')}</Button>
        <input ref={file} type="file" accept={ACCEPTED} hidden data-testid="prompt-file" onChange={(event) => void take(event.target.files?.[0])} />
      </div>
      <p className="quiet">{t('flows.sound_why')}</p>
      {error === null ? null : <p className="flow-fault" role="alert">■ {textOf(error)}</p>}
      {sound === null ? null : (
        <div className="flow-line" data-testid="prompt-fresh">
          {t('flows.fresh_sound')} <Listen name={wanted} language={language} sound={sound} />
        </div>
      )}
      <div className="row">
        <Button type="primary" disabled={sound === null || isWrong || isTaken} loading={save.isBusy} data-testid="prompt-save" onClick={() => void save.run()}>
          {t('flows.save_prompt')}
        </Button>
        {current?.is_own === true ? (
          <Popconfirm title={t('flows.drop_sure')} okText={t('flows.drop')} cancelText={t('common.cancel')} onConfirm={() => void drop.run()}>
            <Button danger data-testid="prompt-drop">{t('flows.drop')}</Button>
          </Popconfirm>
        ) : null}
      </div>
    </div>
  )
}
