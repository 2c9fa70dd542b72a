/** The rows of a long list, a part at a time: what the server has after the rows already here. */
import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query'

export interface ServerPage<Row> {
  items: Row[]
  /** Where the next part begins; null on the last. */
  next: string | null
}

export interface ServerRows<Row> {
  rows: Row[]
  isPending: boolean
  error: unknown
  hasMore: boolean
  isFetchingMore: boolean
  more(): void
  retry(): void
}

const REFRESH_EVERY_MS = 10_000

/**
 * Rows by keyset paging. What colleagues change arrives within ten seconds or as told, later where somebody has
 * fetched far down, and when the window gets the focus; old rows stay while new ones are fetched.
 *
 * @param key of the cache, with everything the fetch depends on
 */
export function useServerRows<Row>(
  key: QueryKey,
  fetch: (cursor: string | undefined) => Promise<ServerPage<Row>>,
  refetchInterval: number | false = REFRESH_EVERY_MS,
): ServerRows<Row> {
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => fetch(pageParam ?? undefined),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    refetchOnWindowFocus: true,
    // All parts are fetched anew, one after the other: the more there are, the less often.
    refetchInterval: ({ state }) => (refetchInterval === false ? false : refetchInterval * Math.max(1, state.data?.pages.length ?? 1)),
  })
  return {
    rows: list.data?.pages.flatMap((page) => page.items) ?? [],
    isPending: list.isPending,
    error: list.error,
    hasMore: list.hasNextPage,
    isFetchingMore: list.isFetchingNextPage,
    more: () => void list.fetchNextPage(),
    retry: () => void list.refetch(),
  }
}
