#!/usr/bin/python3
"""Draws the page that the plugin's tests read: sentences of our own in fonts that training never saw, as an office scanner
sees them.

    test_page.py --fonts /usr/share/fonts --out ../../tests/plugins/lines

Beside lines.png, lines.tsv gives the box of each line's ink in points and its text.
"""

import argparse
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

sys.path.append(str(Path(__file__).resolve().parent.parent / "train_numbers"))

import degrade

DPI = 300
WIDE, HIGH, PITCH = 1900, 1180, 88
FONTS = (("truetype/arphic/uming.ttc", 44), ("truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf", 42), ("truetype/cns11643/TW-Sung-98_1.ttf", 46))
LINES = (
    "绩效目标：全年完成维修改造工程，验收合格率达到要求。",
    "（一）按季度检查预算执行情况，及时纠正偏差；",
    "主管部门应当加强监督，提高资金使用效益。",
    "培训学员共一百二十名，课程满意度较上年有所提升",
    "设备采购（含安装调试）须在十月底前结束、付款",
    "《项目管理办法》第三条规定：“谁使用、谁负责”。",
    "街道社区服务站的老年人活动室，每周开放五天",
    "图书馆数字资源建设与读者服务工作总结报告",
    "水质监测点位覆盖全部河流，数据准确率保持稳定",
    "□是 ☑否 □其他说明",
    "联系人：欧阳静怡",
    "二",
)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    ink, rows = np.zeros((HIGH, WIDE), np.float32), []
    for number, text in enumerate(LINES):
        path, size = FONTS[number % len(FONTS)]
        font = ImageFont.truetype(str(arguments.fonts / path), size, layout_engine=ImageFont.Layout.BASIC)
        picture = Image.new("L", (WIDE, PITCH), 0)
        ImageDraw.Draw(picture).text((60, 10), text, fill=255, font=font)
        line = np.asarray(picture, np.float32) / 255
        ink[40 + number * PITCH : 40 + (number + 1) * PITCH] = line
        across, down = np.flatnonzero(line.max(0) > 0.3), np.flatnonzero(line.max(1) > 0.3) + 40 + number * PITCH
        rows.append((across[0], down[0], across[-1] + 1, down[-1] + 1, text.replace(" ", "")))
    rng = np.random.default_rng(5)
    page = degrade.noise(rng, degrade.tone(rng, cv2.GaussianBlur(ink, (0, 0), 0.8), 250, 40), 4)
    page = np.where(page > 200, 255, np.clip(page, 0, 255)).astype(np.uint8)  # paper white, as grid detectors leave it
    cv2.imwrite(str(arguments.out / "lines.png"), page, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    with open(arguments.out / "lines.tsv", "w", encoding="utf-8") as table:
        for *box, text in rows:
            print(*[f"{v * 72 / DPI:.2f}" for v in box], text, sep="\t", file=table)


if __name__ == "__main__":
    main()
