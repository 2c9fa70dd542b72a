/** 承办评价: how work areas did. */
import { ask } from './client'
import type { components } from './schema.generated'

export type AreaAppraisal = components['schemas']['AreaAppraisalOut']

export const appraisal = (from: number, to: number): Promise<AreaAppraisal[]> => ask<AreaAppraisal[]>('GET', '/work-areas/appraisal', { query: { from, to } })
