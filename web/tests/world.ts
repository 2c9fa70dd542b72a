/** People, desks and rows for tests: complete, ordinary, to be changed where it matters. */
import type { AgentRow, DeskView, Me, Permission } from '@/api/schema'

const ROLE_PERMISSIONS: Record<string, Permission[]> = {
  agent: ['desk.use', 'records.read', 'records.reveal', 'reports.read'],
  supervisor: ['desk.use', 'live.read', 'live.force', 'records.read', 'records.play', 'test_call', 'system.read'],
  qa: ['records.read', 'records.play', 'reports.read'],
}

const ROLE_NAMES = { agent: '座席', supervisor: '主管', qa: '质检员' }

export function aPerson(role: 'agent' | 'supervisor' | 'qa', change: Partial<Me> = {}): Me {
  return {
    user: { id: 'u1', username: 'someone', name: '张三', role, role_name: ROLE_NAMES[role], role_name_en: role },
    agent: role === 'agent' ? { id: '8001', no: '8001', name: '张三', team: '一组' } : null,
    permissions: ROLE_PERMISSIONS[role] ?? [],
    scope: role === 'agent' ? 'self' : 'all',
    csrf: 'token',
    server_time: 0,
    demo: true,
    org: { name: '联系示范中心', name_en: '', language: '', time_zone: 'Asia/Shanghai' },
    home: { agent: '/desk', supervisor: '/live', qa: '/records' }[role],
    ...change,
  }
}

export function aDesk(change: Partial<DeskView> = {}): DeskView {
  return {
    agent: { id: '8001', no: '8001', name: '张三', team: '一组' },
    signed_in: true,
    here: true,
    device: 'browser',
    registered: true,
    state: 'ready',
    since: Date.now(),
    reason: null,
    next: null,
    offer: null,
    contact: null,
    wrap_up: null,
    reasons: [
      { code: 'break', name: '小休', name_en: 'Break' },
      { code: 'meal', name: '用餐', name_en: 'Meal' },
    ],
    queues: [{ id: 'service', name: '售后', name_en: 'Service', waiting: 3, longest_since: Date.now() }],
    today: { answered: 32, talk_s: 1000, hold_s: 0, wrap_up_s: 34, aht_s: 312 },
    allowed: { ready: true, not_ready: true, hold: 'not_your_contact', hang_up: 'not_your_contact', sign_out: true },
    ...change,
  }
}

const QUEUE = { id: 'service', name: '售后', name_en: 'Service' }

export function aRingingDesk(): DeskView {
  const now = Date.now()
  return aDesk({
    state: 'ringing',
    offer: {
      id: 'offer-1',
      contact: 'c1',
      since: now,
      expires_at: now + 20_000,
      pop: {
        number: '138****1234',
        name: null,
        queue: QUEUE,
        waited_ms: 42_000,
        menu_path: [{ zh: '售后服务', en: 'Service' }],
        channel: 'voice',
      },
    },
    allowed: { reject: true },
  })
}

export function aTalkingDesk(change: Partial<DeskView> = {}): DeskView {
  const now = Date.now()
  return aDesk({
    state: 'talking',
    contact: {
      id: 'c1',
      number: '138****1234',
      name: null,
      queue: QUEUE,
      menu_path: [],
      connected_at: now,
      phase: 'talking',
      hold_since: null,
      hold_alarmed: false,
      recall_at: null,
      held_ms: 0,
      waited_ms: 42_000,
      recording: 'on',
      recording_resumes_at: null,
      recording_problem: null,
    },
    wrap_up: {
      contact: 'c1',
      about: null,
      since: null,
      limit_ms: 45_000,
      mode: 'limited',
      extended: 0,
      extensions_left: 2,
      codes: [
        { code: 'refund', name: '退款进度', name_en: 'Refund' },
        { code: 'exchange', name: '换货', name_en: 'Exchange' },
      ],
      disposition: null,
      note: '',
    },
    allowed: { hold: true, hang_up: true, resume: 'not_held', pause_recording: true },
    ...change,
  })
}

export function anAgent(change: Partial<AgentRow> = {}): AgentRow {
  return {
    id: '8001',
    no: '8001',
    name: '张三',
    team: '一组',
    state: 'ready',
    since: Date.now(),
    reason: null,
    next: null,
    hold_alarmed: false,
    overstayed: false,
    contact: null,
    queue: null,
    number: null,
    answered_today: 0,
    ...change,
  }
}
