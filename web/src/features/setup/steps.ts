/** The steps of the first set-up, and what each gets from the page. */
import type { Organisation, SetupStep } from '@/api/organisation'

export const STEPS = ['preflight', 'organisation', 'administrator', 'queue', 'agent', 'device', 'test_call'] as const satisfies readonly SetupStep[]

/** Behind the last step. */
export const AFTER = 'next'
export type Place = SetupStep | typeof AFTER

export interface StepProps {
  organisation: Organisation
  /** The step's pass condition holds; what it made goes along. */
  onDone: (what?: string) => Promise<void>
}

/** Where to go on: the first step that is neither done nor skipped. */
export function resumeAt(organisation: Organisation): Place {
  return STEPS.find((step) => organisation.steps.find((each) => each.step === step)?.state == null) ?? AFTER
}

/** What a step made, as it was noted. */
export const madeBy = (organisation: Organisation, step: SetupStep): string =>
  organisation.steps.find((each) => each.step === step)?.what ?? ''
