/** What the canvas says to those who do not see it. */
import type { AriaLabelConfig } from '@xyflow/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

export function useAriaLabels(): AriaLabelConfig {
  const { t } = useTranslation()
  return useMemo(
    () => ({
      'node.a11yDescription.default': t('flows.aria.node'),
      'node.a11yDescription.keyboardDisabled': t('flows.aria.node_fixed'),
      'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }: { direction: string; x: number; y: number }) =>
        t('flows.aria.moved', { direction: t(`flows.aria.direction.${direction}`), x: Math.round(x), y: Math.round(y) }),
      'edge.a11yDescription.default': t('flows.aria.edge'),
      'controls.ariaLabel': t('flows.aria.controls'),
      'controls.zoomIn.ariaLabel': t('flows.aria.zoom_in'),
      'controls.zoomOut.ariaLabel': t('flows.aria.zoom_out'),
      'controls.fitView.ariaLabel': t('flows.aria.fit'),
      'controls.interactive.ariaLabel': t('flows.aria.interactive'),
      'minimap.ariaLabel': t('flows.aria.minimap'),
      'handle.ariaLabel': t('flows.aria.handle'),
    }),
    [t],
  )
}
