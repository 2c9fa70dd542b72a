/** Send a form; what the server refuses stands at its field and in the summary. */
import { Form, type FormInstance } from 'antd'
import { useState } from 'react'

import { codeOf, factsOf, problemText } from './problems'

export interface FormProblem {
  /** Null when it is about the whole. */
  field: string | null
  text: string
}

export interface ServerForm<Wish> {
  form: FormInstance<Wish>
  isBusy: boolean
  problems: FormProblem[]
  /** Give it to `<Form onFinish>`; true when it was taken. */
  submit(wish: Wish): Promise<boolean>
  /** Set the focus on a field that the summary names. */
  go(field: string): void
}

const INDEX = /^\d+$/

/** `body.hours.0.from` as the form's path `['hours', 0, 'from']`. */
export const pathOf = (field: string): (string | number)[] =>
  field
    .replace(/^(body|query)\./, '')
    .split('.')
    .map((part) => (INDEX.test(part) ? Number(part) : part))

/**
 * @param send asks the server; throws its refusal
 * @param fields the form's field for codes that name none, e.g. `{username_taken: 'username'}`
 * @param onConflict takes a refusal that is about somebody else's change; true when it did
 */
export function useServerForm<Wish extends object>(
  send: (wish: Wish) => Promise<unknown>,
  fields: Readonly<Record<string, string>> = {},
  onConflict: (error: unknown) => boolean = () => false,
): ServerForm<Wish> {
  const [form] = Form.useForm<Wish>()
  const [isBusy, setBusy] = useState(false)
  const [problems, setProblems] = useState<FormProblem[]>([])
  const refused = (error: unknown): void => {
    const named = factsOf(error)['field']
    const field = fields[codeOf(error)] ?? (typeof named === 'string' ? named : null)
    const text = problemText(error)
    setProblems([{ field, text }])
    if (field === null) return
    const path = pathOf(field)
    // The form knows its fields by its own types; the server's names are checked when they are used.
    form.setFields([{ name: path as never, errors: [text] }])
    form.scrollToField(path as never, { focus: true })
  }
  return {
    form,
    isBusy,
    problems,
    go: (field) => form.scrollToField(pathOf(field) as never, { focus: true }),
    submit: async (wish) => {
      setBusy(true)
      setProblems([])
      try {
        await send(wish)
        return true
      } catch (error) {
        if (!onConflict(error)) refused(error)
        return false
      } finally {
        setBusy(false)
      }
    },
  }
}
