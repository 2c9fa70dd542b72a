/** Listen to a prompt as callers hear it; one at a time. */
import { Button, ConfigProvider } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { prompts, type PromptLanguage } from '@/api/flows'
import { useCommand } from '@/ui/useCommand'

let playing: { audio: HTMLAudioElement; url: string; over: () => void } | null = null

export function stopListening(): void {
  if (playing === null) return
  playing.audio.pause()
  URL.revokeObjectURL(playing.url)
  playing.over()
  playing = null
}

/** Play a sound; what was playing stops. */
export async function play(sound: Blob, over: () => void): Promise<void> {
  stopListening()
  const url = URL.createObjectURL(sound)
  const audio = new Audio(url)
  playing = { audio, url, over }
  audio.onended = stopListening
  await audio.play()
}

export function Listen({ name, language, sound }: { name: string; language: PromptLanguage; sound?: Blob }): ReactElement {
  const { t } = useTranslation()
  const [isPlaying, setPlaying] = useState(false)
  const start = useCommand(async () => {
    if (isPlaying) return stopListening()
    const heard = sound ?? (await prompts.hear(name, language)).content
    setPlaying(true)
    await play(heard, () => setPlaying(false))
  })
  useEffect(() => () => (isPlaying ? stopListening() : undefined), [isPlaying])
  return (
    // Who may not change a flow may hear it all the same.
    <ConfigProvider componentDisabled={false}>
      <Button
        size="small"
        loading={start.isBusy && !isPlaying}
        aria-label={t(isPlaying ? 'flows.stop_listening' : 'flows.listen', { name, language: t(`flows.language.${language}`) })}
        data-testid={`listen-${name}-${language}`}
        onClick={() => void start.run()}
      >
        {isPlaying ? '■' : '▶'}
      </Button>
    </ConfigProvider>
  )
}
