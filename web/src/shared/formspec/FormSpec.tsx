/**
 * A form of the office, to be filled in: one renderer for intake, warnings, surveys and score sheets.
 *
 * It asks nothing of the server. Items appear as the answers before them want it; what is wrong with
 * an answer stands under it.
 */
import { Checkbox } from 'antd'
import { useId, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { textIn } from '@/ui/format'

import { AnswerField } from './AnswerField'
import './formspec.css'
import { NOT_APPLICABLE, askedItems, grouped, type Answers, type Faults, type FormItem } from './spec'

export interface FormSpecProps {
  items: readonly FormItem[]
  answers: Answers
  onChange: (answers: Record<string, unknown>) => void
  faults?: Faults
  isOff?: boolean
}

/** Labels of these stand beside several controls, so they name a group and no field. */
const SEVERAL = new Set(['yes_no', 'fatal', 'choices'])

interface ItemProps {
  item: FormItem
  answer: unknown
  fault: string | undefined
  isOff: boolean
  onChange: (answer: unknown) => void
}

function Asked({ item, answer, fault, isOff, onChange }: ItemProps): ReactElement {
  const { t, i18n } = useTranslation()
  const id = useId()
  const label = textIn(i18n.language, item.zh, item.en)
  const help = textIn(i18n.language, item.help_zh ?? '', item.help_en)
  const isSeveral = SEVERAL.has(item.kind) || (item.kind === 'choice' && (item.options ?? []).length <= 4)
  const doesNotApply = answer === NOT_APPLICABLE
  const words = (
    <>
      {item.required === true ? (
        <span className="formspec-must" title={t('formspec.required_mark')}>
          <span aria-hidden="true">* </span>
          <span className="screen-reader">{t('formspec.required_mark')} </span>
        </span>
      ) : null}
      {label}
    </>
  )
  const Name = isSeveral ? 'span' : 'label'
  return (
    <div className="formspec-item" data-testid={`item-${item.name}`}>
      <div className="row">
        <Name id={`${id}-name`} className="formspec-name" {...(isSeveral ? {} : { htmlFor: id })}>
          {words}
        </Name>
        {item.may_not_apply === true ? (
          <Checkbox checked={doesNotApply} disabled={isOff} onChange={(event) => onChange(event.target.checked ? NOT_APPLICABLE : undefined)}>
            {t('formspec.not_applicable')}
          </Checkbox>
        ) : null}
      </div>
      {doesNotApply ? null : (
        <AnswerField item={item} id={id} answer={answer} isFaulty={fault !== undefined} isOff={isOff} onChange={onChange} />
      )}
      {help === '' ? null : (
        <p id={`${id}-help`} className="quiet formspec-help">
          {help}
        </p>
      )}
      {fault === undefined ? null : (
        <p id={`${id}-fault`} className="formspec-fault" role="alert">
          <span aria-hidden="true">■ </span>
          {t(`formspec.fault.${fault}`, { least: item.least, most: item.kind === 'points' ? item.points : item.most, longest: item.longest })}
        </p>
      )}
    </div>
  )
}

export function FormSpec({ items, answers, onChange, faults = {}, isOff = false }: FormSpecProps): ReactElement {
  const change = (item: FormItem, answer: unknown): void => {
    const next: Record<string, unknown> = { ...answers, [item.name]: answer }
    if (answer === undefined) delete next[item.name]
    onChange(next)
  }
  return (
    <div className="formspec">
      {grouped(askedItems(items, answers)).map(({ group, items: some }) => (
        <div key={`${group} ${some[0]?.name ?? ''}`} className="formspec-group">
          {group === '' ? null : <h3>{group}</h3>}
          {some.map((item) => (
            <Asked
              key={item.name}
              item={item}
              answer={answers[item.name]}
              fault={faults[item.name]}
              isOff={isOff}
              onChange={(answer) => change(item, answer)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}
