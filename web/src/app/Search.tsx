/** The search of the top bar; what it opens is fetched on its first use. */
import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Me } from '@/api/schema'
import { Kbd } from '@/ui/Kbd'
import { late } from '@/ui/late'
import { keysText, mappedKeys, useKeyChoices, useShortcuts } from '@/ui/shortcuts'

const KEYS = '$mod+k'
const Palette = late(() => import('./Palette').then((found) => found.Palette))

export function Search({ me }: { me: Me }): ReactElement {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const remapped = useKeyChoices((state) => state.remapped)
  useShortcuts({ [KEYS]: () => setOpen(true) })
  return (
    <>
      <Button icon={<SearchOutlined />} className="search" onClick={() => setOpen(true)} data-testid="search">
        {t('palette.open')}
        <Kbd keys={keysText(mappedKeys(KEYS, remapped))} />
      </Button>
      {isOpen ? (
        <Suspense>
          <Palette me={me} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
