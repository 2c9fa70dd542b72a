/** The words of the parts about customers, where they come when they are needed; the app knows where they are. */

export const customerWords: { load: () => Promise<unknown> } = { load: () => Promise.resolve() }

/** A part with its words; for `lazy`. */
export function withCustomerWords<Room>(room: Promise<Room>): Promise<Room> {
  return Promise.all([room, customerWords.load()]).then(([loaded]) => loaded)
}
