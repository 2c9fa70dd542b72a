/** The words of the parts of the desk that come when they are needed; the app knows where they are. */

export const deskWords: { load: () => Promise<void> } = { load: () => Promise.resolve() }

/** A part with its words; for `lazy`. */
export function withDeskWords<Room>(room: Promise<Room>): Promise<Room> {
  return Promise.all([room, deskWords.load()]).then(([loaded]) => loaded)
}

export const caseWords: { load: () => Promise<unknown> } = { load: () => Promise.resolve() }

/** A part about work orders with its words; for `lazy`. */
export function withCaseWords<Room>(room: Promise<Room>): Promise<Room> {
  return Promise.all([room, deskWords.load(), caseWords.load()]).then(([loaded]) => loaded)
}
