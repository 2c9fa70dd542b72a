/** How loud it rings and on which device; voice stays on the headset. */
import { Button, Select, Slider } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { usePhoneControl } from '@/phone/context'
import { readSound, type SoundChoice } from '@/phone/sound'

interface Output {
  value: string
  label: string
}

/** The devices that can ring; empty where the browser does not let one choose. */
function useOutputs(): Output[] {
  const [outputs, setOutputs] = useState<Output[]>([])
  useEffect(() => {
    const devices = navigator.mediaDevices as MediaDevices | undefined
    if (devices === undefined || typeof AudioContext === 'undefined' || !('setSinkId' in AudioContext.prototype)) return undefined
    let isHere = true
    const look = (): void => {
      devices.enumerateDevices().then(
        (found) => {
          if (!isHere) return
          const named = found.filter((each) => each.kind === 'audiooutput' && each.deviceId !== 'default' && each.label !== '')
          setOutputs(named.map((each) => ({ value: each.deviceId, label: each.label })))
        },
        () => undefined,
      )
    }
    look()
    devices.addEventListener('devicechange', look)
    return () => {
      isHere = false
      devices.removeEventListener('devicechange', look)
    }
  }, [])
  return outputs
}

export function SoundPanel(): ReactElement {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const [choice, setChoice] = useState(readSound)
  const outputs = useOutputs()
  const choose = (change: Partial<SoundChoice>): void => {
    const next = { ...choice, ...change }
    setChoice(next)
    phone.setSound(next)
  }
  const known = outputs.some((output) => output.value === choice.ringDevice)
  return (
    <section className="panel" aria-label={t('sound.title')}>
      <h2>{t('sound.title')}</h2>
      <div className="row">
        <span id="ring-volume">{t('sound.volume')}</span>
        <Slider
          className="grow"
          min={0}
          max={100}
          step={5}
          value={Math.round(choice.volume * 100)}
          ariaLabelledByForHandle="ring-volume"
          onChange={(percent) => choose({ volume: percent / 100 })}
        />
        <Button size="small" data-testid="ring-test" onClick={() => phone.testRing()}>
          {t('sound.test')}
        </Button>
      </div>
      {outputs.length === 0 ? null : (
        <Select<string>
          className="wide"
          aria-label={t('sound.device')}
          value={known ? choice.ringDevice : ''}
          onChange={(ringDevice) => choose({ ringDevice })}
          options={[{ value: '', label: t('sound.any_device') }, ...outputs]}
        />
      )}
    </section>
  )
}
