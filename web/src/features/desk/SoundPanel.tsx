/** How loud it rings and on which device, and into which one speaks; voice stays on the headset. */
import { Button, Select, Slider } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { usePhoneControl } from '@/phone/context'
import { readSound, type SoundChoice } from '@/phone/sound'

interface Device {
  value: string
  label: string
}

interface Devices {
  /** Empty where the browser does not let one choose. */
  outputs: Device[]
  inputs: Device[]
}

const maySink = (): boolean => typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype

function named(found: MediaDeviceInfo[], kind: MediaDeviceKind): Device[] {
  const known = found.filter((each) => each.kind === kind && each.deviceId !== 'default' && each.label !== '')
  return known.map((each) => ({ value: each.deviceId, label: each.label }))
}

function useDevices(): Devices {
  const [devices, setDevices] = useState<Devices>({ outputs: [], inputs: [] })
  useEffect(() => {
    const all = navigator.mediaDevices as MediaDevices | undefined
    if (all === undefined) return undefined
    let isHere = true
    const look = (): void => {
      all.enumerateDevices().then(
        (found) => {
          if (isHere) setDevices({ outputs: maySink() ? named(found, 'audiooutput') : [], inputs: named(found, 'audioinput') })
        },
        () => undefined,
      )
    }
    look()
    all.addEventListener('devicechange', look)
    return () => {
      isHere = false
      all.removeEventListener('devicechange', look)
    }
  }, [])
  return devices
}

interface ChoiceProps {
  label: string
  value: string
  devices: Device[]
  onChange: (device: string) => void
}

function DeviceChoice({ label, value, devices, onChange }: ChoiceProps): ReactElement | null {
  const { t } = useTranslation()
  if (devices.length === 0) return null
  const isThere = devices.some((device) => device.value === value)
  return (
    <label>
      {label}
      <Select<string>
        className="wide"
        value={isThere ? value : ''}
        onChange={onChange}
        options={[{ value: '', label: t('sound.any_device') }, ...devices]}
      />
    </label>
  )
}

export function SoundPanel(): ReactElement {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const [choice, setChoice] = useState(readSound)
  const { outputs, inputs } = useDevices()
  const choose = (change: Partial<SoundChoice>): void => {
    const next = { ...choice, ...change }
    setChoice(next)
    phone.setSound(next)
  }
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
      <DeviceChoice label={t('sound.device')} value={choice.ringDevice} devices={outputs} onChange={(ringDevice) => choose({ ringDevice })} />
      <DeviceChoice label={t('sound.microphone')} value={choice.microphone} devices={inputs} onChange={(microphone) => choose({ microphone })} />
    </section>
  )
}
