/** Figures, their charts, targets, the control sheet and reports by e-mail: what is asked and answered. */
import { apiPath, ask, askFile } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Unit = Schemas['Unit']
export type Width = Schemas['Width']
export type Key = Schemas['Key']

/** An entry of the registry. Ratios are 0..1, times seconds. */
export type MetricEntry = Schemas['lianxi__reports__shapes__EntryOut']
export type Formula = Schemas['FormulaOut']
/** Of the days `from` to `to` the last one is left out. */
export type Question = Pick<Schemas['QuestionIn'], 'metrics' | 'width'> & Partial<Schemas['QuestionIn']>
export type Answer = Schemas['AnswerOut']
export type FigureRow = Schemas['RowOut']
/** When it begins and ends, and why the facts of that time are incomplete. */
export type Gap = Answer['gaps'][number]

/** A fact that counted: a stay in a queue, a stretch of work; `lasted` is milliseconds. */
export type FigureContact = Schemas['BehindOut']
export type FigureContacts = Schemas['Page_BehindOut_']

/** A control chart; its last day is left out. */
export type Chart = Schemas['ChartOut']
export type Signal = Schemas['SignalOut']
/** One figure for all points, or one for each. */
export type Limit = Chart['centre']
export type Goal = Schemas['GoalOut']
export type Targets = Schemas['TargetsOut']
export type ScopeTargets = Schemas['ScopeTargetsOut']
export type NewTarget = Schemas['TargetIn']
/** The last day is included. */
export type NewBaseline = Schemas['BaselineIn']
export type Baseline = Schemas['BaselineOut']
/** Files of closed days that were damaged: the figures of those days come from the database. */
export type FileFault = Schemas['FaultOut']

/** What somebody wrote beside a day of a chart. */
export type Note = Schemas['MetricNoteOut']
export type Notes = Schemas['MetricNotesOut']
export type NewNote = Schemas['MetricNoteIn']
export type NoteChange = Schemas['MetricNoteChangeIn']

export type AgentsMean = Schemas['AgentsMeanOut']
export type ControlEntry = Schemas['lianxi__reports__control__sheet_shapes__EntryOut']
export type CheckedCause = Schemas['CauseOut']
export type Found = Schemas['Found']
export type EntryStep = Schemas['StepIn']
export type Owner = Schemas['OwnerOut']

export type FixedForm = Schemas['FormOut']
export type ReportFormat = Schemas['Format']
export type Cadence = Schemas['Cadence']
export type KeptQuestion = Schemas['KeptQuestion']
export type SavedReport = Schemas['SavedReportOut']
export type NewSavedReport = Schemas['SavedReportIn']
export type ChangedReport = Schemas['SavedReportChange']
export type ReportRun = Schemas['RunOut']
export type Recipient = Schemas['RecipientOut']

const id = encodeURIComponent

export const figures = {
  metrics: () => ask<MetricEntry[]>('GET', '/metrics'),
  query: (question: Question, signal?: AbortSignal) => ask<Answer>('POST', '/metrics/query', { body: question, signal }),
  chart: (metric: string, of: Record<string, string | number | null>) =>
    ask<Chart>('GET', `/metrics/${id(metric)}/chart`, { query: of }),
  agentsMean: (of: Record<string, string | null>) => ask<AgentsMean>('GET', '/metrics/occupancy/agents-mean', { query: of }),
  export: (question: Question, as: { format: string; language: string; title: string }) =>
    askFile('POST', '/metrics/export', { body: { ...question, ...as } }),
  contacts: (metric: string, of: Record<string, string | number | null | undefined>) =>
    ask<FigureContacts>('GET', `/metrics/${id(metric)}/contacts`, { query: of }),
}

export const fixedForms = {
  list: () => ask<FixedForm[]>('GET', '/reports/forms'),
  path: (form: string, of: Record<string, string | undefined>) => apiPath(`/reports/forms/${id(form)}`, of),
}

/** What a metric is held against: targets, and limits that stand still. */
export const steering = {
  targets: (metric: string) => ask<Targets>('GET', `/metrics/${id(metric)}/targets`),
  setTarget: (metric: string, target: NewTarget) => ask<Targets>('PUT', `/metrics/${id(metric)}/targets`, { body: target }),
  freeze: (metric: string, baseline: NewBaseline) => ask<Baseline>('POST', `/metrics/${id(metric)}/baseline`, { body: baseline }),
}

export const metricNotes = {
  list: (metric: string, of: Record<string, string | null>) => ask<Notes>('GET', `/metrics/${id(metric)}/notes`, { query: of }),
  write: (metric: string, note: NewNote) => ask<Note>('POST', `/metrics/${id(metric)}/notes`, { body: note }),
  change: (metric: string, note: number, change: NoteChange) =>
    ask<Note>('PUT', `/metrics/${id(metric)}/notes/${note}`, { body: change }),
  withdraw: (metric: string, note: number, revision: number) =>
    ask<void>('POST', `/metrics/${id(metric)}/notes/${note}/withdraw`, { body: { revision } }),
}

export const controlSheet = {
  list: (of: { state?: string; metric?: string; cursor?: string }) =>
    ask<{ items: ControlEntry[]; next: string | null }>('GET', '/control-sheet', { query: of }),
  owners: () => ask<Owner[]>('GET', '/control-sheet/owners'),
  step: (entry: number, step: EntryStep) => ask<ControlEntry>('POST', `/control-sheet/${entry}`, { body: step }),
}

export const savedReports = {
  list: () => ask<SavedReport[]>('GET', '/reports/saved'),
  recipients: () => ask<Recipient[]>('GET', '/reports/recipients'),
  add: (report: NewSavedReport) => ask<SavedReport>('POST', '/reports/saved', { body: report }),
  change: (report: string, to: ChangedReport) => ask<SavedReport>('PUT', `/reports/saved/${id(report)}`, { body: to }),
  remove: (report: string) => ask<void>('DELETE', `/reports/saved/${id(report)}`),
  runs: (report: string) => ask<ReportRun[]>('GET', `/reports/saved/${id(report)}/runs`),
  send: (report: string) => ask<ReportRun>('POST', `/reports/saved/${id(report)}/send`),
}
