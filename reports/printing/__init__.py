"""Reports on paper: the layout of NĐ 30/2020/NĐ-CP, annex I, as PDF/A-3 with the figures attached."""
