/** The words of announcements on other pages, where they come when they are needed; the app knows where they are. */

export const announcementWords: { load: () => Promise<unknown> } = { load: () => Promise.resolve() }

/** A part with its words; for `lazy`. */
export function withAnnouncementWords<Room>(room: Promise<Room>): Promise<Room> {
  return Promise.all([room, announcementWords.load()]).then(([loaded]) => loaded)
}
