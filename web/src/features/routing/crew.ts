/** Changes of what an agent serves and can do, made on the newest version: two people who change
 * different things of one agent lose nothing. */
import { routing, type AgentChange, type AgentRule } from '@/api/routing'
import { codeOf } from '@/ui/problems'

const HIGHEST = 10
const TRIES = 3

/** A queue not listed among the seats is served at the highest level. */
export const levelIn = (agent: AgentRule, queue: string): number => agent.seats.find((seat) => seat.queue === queue)?.level ?? HIGHEST

export const serves = (agent: AgentRule, queue: string): boolean => agent.queues.includes(queue)

export function joined(agent: AgentRule, queue: string): AgentChange {
  return { queues: [...agent.queues.filter((each) => each !== queue), queue] }
}

export function parted(agent: AgentRule, queue: string): AgentChange {
  return { queues: agent.queues.filter((each) => each !== queue), seats: agent.seats.filter((seat) => seat.queue !== queue) }
}

export function ranked(agent: AgentRule, queue: string, level: number): AgentChange {
  return { seats: [...agent.seats.filter((seat) => seat.queue !== queue), { queue, level }] }
}

export function skilled(agent: AgentRule, skill: string, level: number | null): AgentChange {
  const others = agent.skills.filter((each) => each.skill !== skill)
  return { skills: level === null ? others : [...others, { skill, level }] }
}

/** Change an agent; when somebody was quicker, the same wish is laid over the newer version. */
export async function changeAgent(id: string, wish: (agent: AgentRule) => AgentChange): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    const agent = (await routing.agents()).find((each) => each.id === id)
    if (agent === undefined) return
    try {
      await routing.changeAgent(id, wish(agent), agent.revision)
      return
    } catch (error) {
      if (codeOf(error) !== 'changed_meanwhile' || tried === TRIES) throw error
    }
  }
}
