/**
 * Somebody else changed the same thing first: both versions side by side, and nothing is lost.
 *
 * A person takes the own version, the other one, or chooses field by field.
 */
import { Button, Radio } from 'antd'
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type Side = 'mine' | 'theirs'

export interface ConflictField<Version> {
  key: keyof Version & string
  label: string
  /** How a version's value looks; text of the value itself when left out. */
  show?: (version: Version) => ReactNode
}

export interface ConflictProps<Version extends object> {
  mine: Version
  theirs: Version
  fields: readonly ConflictField<Version>[]
  /** Who changed it, and when, as the page says it. */
  by?: ReactNode
  /** The version to be saved over theirs. */
  onResolve: (version: Version) => void
  /** Theirs as it is: what I wrote is put away. */
  onTakeTheirs: () => void
  isBusy?: boolean
}

/** A version whose fields come from the chosen sides; what was not chosen is theirs. */
export function merged<Version extends object>(mine: Version, theirs: Version, choice: Partial<Record<keyof Version, Side>>): Version {
  const result = { ...theirs }
  for (const key of Object.keys(choice) as (keyof Version)[]) {
    if (choice[key] === 'mine') result[key] = mine[key]
  }
  return result
}

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

const plain = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function Conflict<Version extends object>(props: ConflictProps<Version>): ReactElement {
  const { mine, theirs, fields, by, onResolve, onTakeTheirs, isBusy = false } = props
  const { t } = useTranslation()
  const differing = fields.filter((field) => !isSame(mine[field.key], theirs[field.key]))
  const [choice, setChoice] = useState<Partial<Record<keyof Version, Side>>>(() =>
    Object.fromEntries(differing.map((field) => [field.key, 'mine'])) as Partial<Record<keyof Version, Side>>,
  )
  const show = (field: ConflictField<Version>, version: Version): ReactNode => field.show?.(version) ?? plain(version[field.key])
  const side = (field: ConflictField<Version>, which: Side): ReactElement => (
    <td className={choice[field.key] === which ? 'conflict-chosen' : undefined}>
      <Radio
        checked={choice[field.key] === which}
        name={`conflict-${field.key}`}
        value={which}
        data-testid={`conflict-${field.key}-${which}`}
        onChange={() => setChoice({ ...choice, [field.key]: which })}
      >
        {show(field, which === 'mine' ? mine : theirs)}
      </Radio>
    </td>
  )
  return (
    <section className="conflict" aria-label={t('conflict.title')} role="alertdialog" data-testid="conflict">
      <h2>{t('conflict.title')}</h2>
      <p>
        {t('conflict.why')} {by}
      </p>
      <div className="scroll">
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t('conflict.field')}</th>
              <th scope="col">{t('conflict.mine')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((field) => (
              <tr key={field.key}>
                <th scope="row">{field.label}</th>
                {side(field, 'mine')}
                {side(field, 'theirs')}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        <Button type="primary" loading={isBusy} data-testid="conflict-merge" onClick={() => onResolve(merged(mine, theirs, choice))}>
          {t('conflict.save_choice')}
        </Button>
        <Button loading={isBusy} data-testid="conflict-mine" onClick={() => onResolve(mine)}>
          {t('conflict.take_mine')}
        </Button>
        <Button data-testid="conflict-theirs" onClick={onTakeTheirs}>
          {t('conflict.take_theirs')}
        </Button>
      </div>
    </section>
  )
}
