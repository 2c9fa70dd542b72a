/** What work orders are made, dispatched and timed by, for those who set it up. */
import { ask } from './client'
import type { CaseForm, CaseType, WorkArea } from './cases'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type DispatchRule = Schemas['DispatchRuleOut']
export type CaseDeadline = Schemas['CaseDeadlineOut']
export type DeadlineMark = Schemas['MarkBody']
export type DeadlineTry = Schemas['DeadlineTryOut']
export type TimeUnit = Schemas['TimeUnit']
export type FormFault = Schemas['FormFault']
export type CasePreset = Schemas['CasePresetBringsOut']
export type PresetLoaded = Schemas['CasePresetLoadedOut']
export type CaseSetupChoices = Schemas['CaseSetupChoicesOut']
type DeadlineWish = Schemas['CaseDeadlineIn']
type RuleWish = Schemas['DispatchRuleIn']
export type FormWish = Schemas['FormIn']

const id = encodeURIComponent

const typeIn = ({ category, zh, en, form, callback_required, audit_mode, sample_percent, priority, is_active, position }: CaseType, revision: number): Schemas['CaseTypeIn'] => ({
  category, zh, en, form, callback_required, audit_mode, sample_percent, priority, is_active, position, revision,
})
const areaIn = ({ zh, en, area_class, workers, staff, is_active }: WorkArea, revision: number): Schemas['WorkAreaIn'] => ({ zh, en, area_class, workers, staff, is_active, revision })

export const caseRules = {
  choices: () => ask<CaseSetupChoices>('GET', '/case-setup-choices'),
  putType: (type: CaseType, read: number) => ask<CaseType>('PUT', `/case-types/${id(type.kind)}`, { body: typeIn(type, read) }),
  putArea: (area: WorkArea, read: number) => ask<WorkArea>('PUT', `/work-areas/${id(area.id)}`, { body: areaIn(area, read) }),
  catalogue: () => ask<DispatchRule[]>('GET', '/dispatch-catalogue'),
  putRule: (rule: RuleWish) => ask<DispatchRule>('PUT', '/dispatch-catalogue', { body: rule }),
  dropRule: (rule: DispatchRule) => ask<void>('DELETE', `/dispatch-catalogue/${rule.id}`, { query: { was: rule.area } }),
  deadlines: () => ask<CaseDeadline[]>('GET', '/case-deadlines'),
  putDeadline: (wish: DeadlineWish) => ask<CaseDeadline>('PUT', '/case-deadlines', { body: wish }),
  tryDeadline: (wish: Schemas['DeadlineTryIn']) => ask<DeadlineTry>('POST', '/case-deadlines/try', { body: wish }),
  publishForm: (kind: string, form: FormWish) => ask<CaseForm>('PUT', `/case-forms/${id(kind)}`, { body: form }),
  checkForm: (form: FormWish) => ask<FormFault[]>('POST', '/case-forms/check', { body: { form } }),
  presets: () => ask<CasePreset[]>('GET', '/case-presets'),
  loadPreset: (name: string, calendar: string | null) => ask<PresetLoaded>('POST', `/case-presets/${id(name)}`, { body: { calendar } }),
}
