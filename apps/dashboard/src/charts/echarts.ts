import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export const makeChart = (place: HTMLElement) => init(place, undefined, { renderer: 'svg' });
export type Chart = ReturnType<typeof makeChart>;
