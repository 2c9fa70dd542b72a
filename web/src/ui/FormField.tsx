/**
 * A field of a form as every page has it: what it is called, what it does, its unit, and what the
 * server has against it. The server is the validator (`useServerForm`).
 */
import { Alert, Form, Input, InputNumber, type FormItemProps } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface FormFieldProps {
  /** The server's name of the field, dotted or as a path where it lies deeper. */
  name: FormItemProps['name']
  label: string
  /** What it does, in a sentence, under the field. */
  does?: ReactNode
  isRequired?: boolean
  /** `checked` for switches and check boxes. */
  valuePropName?: string
  children: ReactNode
}

export function FormField({ name, label, does, isRequired = false, valuePropName, children }: FormFieldProps): ReactElement {
  return (
    <Form.Item
      name={name}
      label={label}
      extra={does}
      required={isRequired}
      {...(valuePropName === undefined ? {} : { valuePropName })}
      className="form-field"
    >
      {children}
    </Form.Item>
  )
}

export interface NumberFieldProps extends Omit<FormFieldProps, 'children' | 'valuePropName'> {
  /** Shown behind the number: `s`, `%`, `min`. */
  unit: string
  least?: number
  most?: number
  step?: number
  testId?: string
}

/** A number with its unit behind it. */
export function NumberField({ unit, least, most, step, testId, ...field }: NumberFieldProps): ReactElement {
  const range = { ...(least === undefined ? {} : { min: least }), ...(most === undefined ? {} : { max: most }) }
  return (
    <FormField {...field}>
      <InputNumber {...range} {...(step === undefined ? {} : { step })} suffix={unit} className="number-field" data-testid={testId} />
    </FormField>
  )
}

export interface TextFieldProps extends Omit<FormFieldProps, 'children' | 'valuePropName'> {
  longest?: number
  testId?: string
  isOff?: boolean
  lines?: number
}

/** A line of text, or several. */
export function TextField({ longest, testId, isOff, lines, ...field }: TextFieldProps): ReactElement {
  const common = { 'data-testid': testId, disabled: isOff, ...(longest === undefined ? {} : { maxLength: longest }) }
  return <FormField {...field}>{lines === undefined ? <Input {...common} /> : <Input.TextArea rows={lines} {...common} />}</FormField>
}

/** What the server refused, above the form: a sentence, and links to the fields it names. */
export function FormProblems({ problems, onGo }: { problems: readonly { field: string | null; text: string }[]; onGo: (field: string) => void }): ReactElement | null {
  const { t } = useTranslation()
  if (problems.length === 0) return null
  return (
    <Alert
      type="error"
      role="alert"
      data-testid="form-problems"
      title={t('form.not_saved')}
      description={
        <ul className="form-problems">
          {problems.map(({ field, text }) => (
            <li key={`${field ?? ''} ${text}`}>
              {field === null ? (
                text
              ) : (
                <button type="button" className="plain-button" onClick={() => onGo(field)}>
                  {text}
                </button>
              )}
            </li>
          ))}
        </ul>
      }
    />
  )
}
