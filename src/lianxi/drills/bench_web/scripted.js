// In front of the product's own worker: its WebSocket is played by the bench, everything after it
// (sequence numbers, batching, the page) is the product's. ROWS are put in by the bench.
const ROWS = /*ROWS*/ {}
const control = new BroadcastChannel('lianxi-bench')
const numbers = {}
let socket = null

class ScriptedSocket extends EventTarget {
  static CONNECTING = 0
  static OPEN = 1
  static CLOSING = 2
  static CLOSED = 3
  constructor(url) {
    super()
    this.url = url
    this.readyState = 0
    socket = this
    setTimeout(() => {
      this.readyState = 1
      this.tell('open', new Event('open'))
    })
  }
  tell(kind, event) {
    this[`on${kind}`]?.(event)
    this.dispatchEvent(event)
  }
  say(message) {
    this.tell('message', new MessageEvent('message', { data: JSON.stringify(message) }))
  }
  send(text) {
    const said = JSON.parse(text)
    if (said.op !== 'sub') return
    for (const topic of Object.keys(said.topics)) {
      numbers[topic] = 1
      setTimeout(() => this.say({ t: topic, s: 1, k: 'snap', d: { rows: ROWS[topic] ?? {} } }))
    }
    setTimeout(() => control.postMessage({ kind: 'subscribed', topics: Object.keys(said.topics) }))
  }
  close() {
    this.readyState = 3
  }
}
globalThis.WebSocket = ScriptedSocket
setInterval(() => socket?.say({ t: 'tick', at: Date.now() }), 1000)

function change(topic, set) {
  numbers[topic] = (numbers[topic] ?? 1) + 1
  socket.say({ t: topic, s: numbers[topic], k: 'delta', d: { set } })
}

const STATES = ['ready', 'talking', 'acw', 'not_ready']
const PULSE_MS = 50
const PROBE_MS = 500

function flood(perSecond, seconds, probe) {
  const agents = Object.keys(ROWS.agents).filter((id) => id !== probe)
  const began = Date.now()
  let sent = 0
  let probed = 0
  const pulse = setInterval(() => {
    const now = Date.now()
    if (now - began > seconds * 1000) {
      clearInterval(pulse)
      control.postMessage({ kind: 'flooded', sent })
      return
    }
    for (const due = ((now - began) * perSecond) / 1000; sent < due; sent += 1) {
      const id = agents[(sent * 7919) % agents.length]
      change('agents', { [id]: { ...ROWS.agents[id], state: STATES[sent % STATES.length], since: now } })
    }
    if (now - probed >= PROBE_MS) {
      probed = now
      change('agents', { [probe]: { ...ROWS.agents[probe], name: `P${now}` } })
    }
  }, PULSE_MS)
}

control.onmessage = ({ data }) => {
  if (data.kind === 'me') {
    control.postMessage({ kind: 'told', round: data.round, at: Date.now() })
    change('me', { me: data.view })
  } else if (data.kind === 'flood') {
    flood(data.perSecond, data.seconds, data.probe)
  }
}
