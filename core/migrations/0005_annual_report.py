"""The yearly report as it was issued."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_survey_papers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("minutes", "Biên bản bàn giao, nghiệm thu"),
                    ("contract", "Hợp đồng"),
                    ("licence", "Bản quyền, giấy phép"),
                    ("other", "Tài liệu khác"),
                    ("form_c50", "Biên bản giao nhận (C50-HD)"),
                    ("signed_form", "Biên bản đã ký (bản quét)"),
                    ("assessment", "Biên bản đánh giá tình trạng kỹ thuật"),
                    ("invoice", "Hóa đơn, chứng từ chi phí"),
                    ("repair_minutes", "Biên bản nghiệm thu sửa chữa"),
                    ("value_minutes", "Biên bản thay đổi nguyên giá"),
                    ("decision", "Quyết định"),
                    ("proposal", "Văn bản đề nghị"),
                    ("acceptance", "Văn bản đề nghị tiếp nhận"),
                    ("superior_opinion", "Văn bản đề nghị của cấp trên"),
                    ("expert_opinion", "Ý kiến của cơ quan chuyên môn"),
                    ("council_minutes", "Biên bản của hội đồng thanh lý, hủy"),
                    ("data_wipe", "Biên bản xóa dữ liệu"),
                    ("difference", "Biên bản chênh lệch khi nhận"),
                    ("loss_minutes", "Biên bản xác định mất, hủy hoại"),
                    ("found_minutes", "Biên bản tìm thấy"),
                    ("explanation", "Biên bản giải trình"),
                    ("server_log", "Nhật ký phòng máy chủ (bản chụp)"),
                    ("network_plan", "Hồ sơ, sơ đồ mạng (bản chụp)"),
                    ("form_c51", "Biên bản thanh lý (C51-HD)"),
                    ("form_c54", "Biên bản giao nhận sửa chữa hoàn thành (C54-HD)"),
                    ("form_handover", "Biên bản bàn giao, tiếp nhận tài sản (01/TSC-BBGN)"),
                    ("form_use", "Biên bản bàn giao sử dụng"),
                    ("annual_report", "Báo cáo năm (bản phát hành)"),
                ],
                max_length=20,
                verbose_name="loại tài liệu",
            ),
        ),
    ]
